# Read and write scopes: use of a write scope: a device hands in an inspection, which then stays as it is

curl -sS -i -X POST "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_INSPECTION_SUBMISSION" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":1,"template_id":1,"inspector":"Tablet 7","performed_at":"2026-03-02T06:00:00Z","answers":{"lights":true,"tyres":false,"remarks":"Front left worn"},"submit":true}'
curl -sS -i -X PATCH "$BASE/api/third-party/v1/inspections/3" -H "Authorization: Bearer $KEY_INSPECTION_SUBMISSION" \
  -H 'Content-Type: application/json' -d '{"notes":"second thoughts"}'
curl -sS -i -X POST "$BASE/api/third-party/v1/inspections/2/submit" -H "Authorization: Bearer $KEY_INSPECTION_SUBMISSION"
