# Available scopes: `vehicle-fields:read`: custom fields are listed, and vehicles with the status that follows from a field

curl -sS -i "$BASE/api/third-party/v1/vehicle-fields" -H "Authorization: Bearer $KEY_VEHICLE_FIELDS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicle-fields/1/vehicles" -H "Authorization: Bearer $KEY_VEHICLE_FIELDS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicle-fields/2/vehicles?status=below_minimum" -H "Authorization: Bearer $KEY_VEHICLE_FIELDS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicle-fields/3/vehicles?status=in_workshop" -H "Authorization: Bearer $KEY_VEHICLE_FIELDS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_VEHICLE_FIELDS_READ"
