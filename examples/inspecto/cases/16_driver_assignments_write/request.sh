# Available scopes: `driver-assignments:write`: drivers are assigned, and assignments are changed and deleted

curl -sS -i -X POST "$BASE/api/third-party/v1/driver-assignments" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"driver_name":"Lea Brandt","starts_at":"2026-03-01T06:00:00Z"}'
curl -sS -i -X PATCH "$BASE/api/third-party/v1/driver-assignments/4" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_WRITE" \
  -H 'Content-Type: application/json' -d '{"ends_at":"2026-04-01T06:00:00Z","driver_reference":"D-30"}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/driver-assignments/4" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_WRITE"
curl -sS -i -X POST "$BASE/api/third-party/v1/driver-assignments" -H "Authorization: Bearer $KEY_DRIVER_ASSIGNMENTS_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":3,"driver_name":"Lea Brandt","starts_at":"2026-03-01T06:00:00Z"}'
