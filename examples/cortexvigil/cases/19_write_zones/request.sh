# Available scopes: `write:zones`: zones are created, updated and deleted
. ../support.sh

key=$(key_with '["write:zones"]')
curl -sS -i "$BASE/api/v1/zones" -H "X-API-Key: $key" -H "$json" \
  -d '{"area_id":1,"name":"Queue","kind":"monitored","polygon":[{"x":0.1,"y":0.1},{"x":0.5,"y":0.1},{"x":0.5,"y":0.5}]}'
curl -sS -i -X PATCH "$BASE/api/v1/zones/3" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Waiting line"}'
curl -sS -i -X DELETE "$BASE/api/v1/zones/3" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/zones" -H "X-API-Key: $key"
