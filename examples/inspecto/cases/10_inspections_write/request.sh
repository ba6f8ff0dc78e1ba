# Available scopes: `inspections:write`: inspections are created, changed and deleted, and templates are written by their older paths

curl -sS -i -X POST "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":3,"template_id":2,"inspector":"Lea Brandt","performed_at":"2026-03-02T06:00:00Z"}'
curl -sS -i -X PATCH "$BASE/api/third-party/v1/inspections/3" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE" \
  -H 'Content-Type: application/json' -d '{"answers":{"fuel_litres":48.5},"notes":"Mirror loose"}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/inspections/3" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE"
curl -sS -i -X POST "$BASE/api/third-party/v1/inspections/templates" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"Trailer check","items":[{"key":"brakes","label":"Brakes hold","kind":"check"}]}'
curl -sS -i -X PATCH "$BASE/api/third-party/v1/inspections/templates/3" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE" \
  -H 'Content-Type: application/json' -d '{"description":"For every trailer."}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/inspections/templates/3" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE"
