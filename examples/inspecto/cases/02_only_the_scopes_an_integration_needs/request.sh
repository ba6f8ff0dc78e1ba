# Overview: an integration asks for the scopes it needs and no more: a key with one scope does its work and nothing else

curl -sS -i "$BASE/api/third-party/v1/driver-assignments?vehicle_id=3" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicles/3" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_READ"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/driver-assignments/3" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_READ"
