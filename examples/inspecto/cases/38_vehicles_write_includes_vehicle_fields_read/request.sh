# Scope hierarchy: two steps: `vehicles:write` includes `vehicle-fields:read`

curl -sS -i "$BASE/api/third-party/v1/vehicle-fields/2/vehicles?status=ok" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
