# Example: create an API key: the example call: a key for searching and reading, for ninety days
. ../support.sh

call -X POST "$api/api-keys" \
  -H "Authorization: Bearer $JWT_PLAIN" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "Production search key",
    "scopes": ["read", "search"],
    "expires_in_days": 90
  }'
