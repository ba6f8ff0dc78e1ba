# Scope hierarchy: `vehicles:read` includes `vehicle-fields:read`

curl -sS -i "$BASE/api/third-party/v1/vehicle-fields?kind=number" -H "Authorization: Bearer $KEY_VEHICLES_READ"
