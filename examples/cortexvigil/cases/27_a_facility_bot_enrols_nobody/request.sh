# Choosing scopes: a bot that tends alerts and areas is not given faces, and cannot enrol
. ../support.sh

key=$(key_with '["write:alerts","write:areas"]')
curl -sS -i "$BASE/api/v1/alerts" -H "X-API-Key: $key" -H "$json" \
  -d '{"title":"Lights on","severity":"low"}'
curl -sS -i "$BASE/api/v1/areas" -H "X-API-Key: $key" -H "$json" \
  -d '{"site_id":1,"name":"Workshop"}'
curl -sS -i "$BASE/api/v1/faces" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Nobody","samples":[{"image":"iVBORw0KGgo="}]}'
