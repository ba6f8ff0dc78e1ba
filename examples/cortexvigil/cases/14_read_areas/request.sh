# Available scopes: `read:areas`: areas, the zones of an area and its attendance settings are read
. ../support.sh

key=$(key_with '["read:areas"]')
curl -sS -i "$BASE/api/v1/areas/2" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/areas/2/zones" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/areas/1/attendance-config" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/areas/3" -H "X-API-Key: $key"
