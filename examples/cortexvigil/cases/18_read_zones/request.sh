# Available scopes: `read:zones`: zones and their metadata are listed
. ../support.sh

key=$(key_with '["read:zones"]')
curl -sS -i "$BASE/api/v1/zones" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/zones/1/metadata" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/zones/1" -H "X-API-Key: $key"
