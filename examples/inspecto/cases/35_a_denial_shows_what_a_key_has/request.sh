# Checking your scopes: the answer of a forbidden endpoint shows which scopes a key has, as they were granted

curl -sS -i -X POST "$BASE/api/third-party/v1/inspections" \
  -H "Authorization: Bearer $KEY_DASHBOARD" \
  -d '{}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
