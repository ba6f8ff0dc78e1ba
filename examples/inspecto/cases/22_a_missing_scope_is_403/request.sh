# Scope validation: a key without the permission is answered 403, with what is required and what is available

curl -sS -i -X POST "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_INSPECTIONS_READ" \
  -H 'Content-Type: application/json' -d '{}'
