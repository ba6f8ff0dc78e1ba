# Scope hierarchy: `driver-assignments:write` includes `driver-assignments:read`

curl -sS -i "$BASE/api/third-party/v1/driver-assignments/1" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_WRITE"
