# Available scopes: `inspection-templates:write`: templates are created, replaced and deleted

curl -sS -i -X POST "$BASE/api/third-party/v1/inspection-templates" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"Trailer check","items":[{"key":"brakes","label":"Brakes hold","kind":"check"}]}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/inspection-templates/3" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"Trailer check","items":[{"key":"brakes","label":"Brakes hold on a slope","kind":"check"}]}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/inspection-templates/3" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/inspection-templates/1" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE"
