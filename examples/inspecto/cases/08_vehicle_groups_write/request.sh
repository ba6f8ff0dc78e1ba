# Available scopes: `vehicle-groups:write`: groups are created, replaced and deleted

curl -sS -i -X POST "$BASE/api/third-party/v1/vehicle-groups" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"Depot East"}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicle-groups/4" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"Depot East","description":"Opens in May."}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicle-groups/4" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicle-groups/1" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE"
