# Available scopes: `write:areas`: areas are created, updated and deleted, pin positions included
. ../support.sh

key=$(key_with '["write:areas"]')
curl -sS -i "$BASE/api/v1/areas" -H "X-API-Key: $key" -H "$json" \
  -d '{"site_id":2,"name":"Archive","floor":-1}'
curl -sS -i -X PUT "$BASE/api/v1/areas/4/pin" -H "X-API-Key: $key" -H "$json" \
  -d '{"x":0.5,"y":0.5}'
curl -sS -i -X DELETE "$BASE/api/v1/areas/4/pin" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/areas/4" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/areas" -H "X-API-Key: $key"
