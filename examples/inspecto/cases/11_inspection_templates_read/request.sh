# Available scopes: `inspection-templates:read`: templates are listed and read

curl -sS -i "$BASE/api/third-party/v1/inspection-templates" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_READ"
curl -sS -i "$BASE/api/third-party/v1/inspection-templates/2" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_READ"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_READ"
