# Scopes: the read scope opens the list and the detail
. ../support.sh

key=$(key_with '["read:areas"]')
curl -sS -i "$BASE/api/v1/areas" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/areas/1" -H "X-API-Key: $key"
