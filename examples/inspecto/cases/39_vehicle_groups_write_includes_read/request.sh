# Scope hierarchy: `vehicle-groups:write` includes `vehicle-groups:read`

curl -sS -i "$BASE/api/third-party/v1/vehicle-groups/1" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE"
