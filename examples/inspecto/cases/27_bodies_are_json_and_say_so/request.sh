# Read and write scopes: writing is validated further: a body that is not sent as JSON, or is none, is refused

curl -sS -i -X POST "$BASE/api/third-party/v1/vehicle-groups" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE" -d '{"name":"Depot East"}'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicle-groups" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicle-groups" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE" \
  -H 'Content-Type: application/json' -d '["Depot East"]'
