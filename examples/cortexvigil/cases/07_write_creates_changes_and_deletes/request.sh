# Scopes: the write scope opens POST, PATCH, PUT and DELETE, and not GET
. ../support.sh

key=$(key_with '["write:areas"]')
curl -sS -i "$BASE/api/v1/areas" -H "X-API-Key: $key" -H "$json" -d '{"site_id":1,"name":"Canteen"}'
curl -sS -i -X PATCH "$BASE/api/v1/areas/4" -H "X-API-Key: $key" -H "$json" -d '{"name":"Canteen hall"}'
curl -sS -i -X PUT "$BASE/api/v1/areas/4/pin" -H "X-API-Key: $key" -H "$json" -d '{"x":0.25,"y":0.75}'
curl -sS -i -X DELETE "$BASE/api/v1/areas/4" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/areas/1" -H "X-API-Key: $key"
