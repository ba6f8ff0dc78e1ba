# Available scopes: `read:cameras`: cameras are listed and inspected, with pair status and capabilities
. ../support.sh

key=$(key_with '["read:cameras"]')
curl -sS -i "$BASE/api/v1/cameras?limit=1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/cameras/1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/cameras/1/pair-status" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/cameras/1/capabilities" -H "X-API-Key: $key"
curl -sS -i -X POST "$BASE/api/v1/cameras/1/unpair" -H "X-API-Key: $key"
