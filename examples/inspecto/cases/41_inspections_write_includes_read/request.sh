# Scope hierarchy: `inspections:write` includes `inspections:read`

curl -sS -i "$BASE/api/third-party/v1/inspections/2" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE"
