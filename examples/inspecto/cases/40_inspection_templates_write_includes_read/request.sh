# Scope hierarchy: `inspection-templates:write` includes `inspection-templates:read`

curl -sS -i "$BASE/api/third-party/v1/inspection-templates/2" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE"
