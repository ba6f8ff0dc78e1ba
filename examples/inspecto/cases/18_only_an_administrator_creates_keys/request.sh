# Requesting scopes: a key comes from the administrator: no API key can make one, or see them

curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT" \
  -H 'Content-Type: application/json' -d '{"name":"Mine","scopes":["vehicles:write"]}'
curl -sS -i "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT"
curl -sS -i "$BASE/api/admin/v1/api-keys"
