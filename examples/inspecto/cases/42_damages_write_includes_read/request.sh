# Scope hierarchy: `damages:write` includes `damages:read`

curl -sS -i "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_DAMAGES_WRITE"
