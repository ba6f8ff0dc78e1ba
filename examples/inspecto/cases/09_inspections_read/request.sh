# Available scopes: `inspections:read`: inspections are listed and read, and so are templates by their older paths

curl -sS -i "$BASE/api/third-party/v1/inspections?status=draft" -H "Authorization: Bearer $KEY_INSPECTIONS_READ"
curl -sS -i "$BASE/api/third-party/v1/inspections/1" -H "Authorization: Bearer $KEY_INSPECTIONS_READ"
curl -sS -i "$BASE/api/third-party/v1/inspections/templates?name=Return%20to%20depot" -H "Authorization: Bearer $KEY_INSPECTIONS_READ"
curl -sS -i "$BASE/api/third-party/v1/inspections/templates/1" -H "Authorization: Bearer $KEY_INSPECTIONS_READ"
curl -sS -i "$BASE/api/third-party/v1/inspection-templates/1" -H "Authorization: Bearer $KEY_INSPECTIONS_READ"
