# Available scopes: `driver-assignments:read`: driver assignments are listed and read

curl -sS -i "$BASE/api/third-party/v1/driver-assignments?at=2026-03-01T00:00:00Z" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_READ"
curl -sS -i "$BASE/api/third-party/v1/driver-assignments/1" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_READ"
