# Available scopes: `vehicle-groups:read`: groups are listed and read

curl -sS -i "$BASE/api/third-party/v1/vehicle-groups" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicle-groups/2" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_READ"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicle-groups/3" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_READ"
