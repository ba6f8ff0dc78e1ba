# Available scopes: `read:sites`: the sites of the organisation are listed, and no others
. ../support.sh

key=$(key_with '["read:sites"]')
curl -sS -i "$BASE/api/v1/sites" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/sites/1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/sites/99" -H "X-API-Key: $key"
