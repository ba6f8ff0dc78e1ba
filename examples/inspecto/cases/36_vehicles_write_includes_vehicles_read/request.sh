# Scope hierarchy: `vehicles:write` includes `vehicles:read`

curl -sS -i "$BASE/api/third-party/v1/vehicles/4" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
