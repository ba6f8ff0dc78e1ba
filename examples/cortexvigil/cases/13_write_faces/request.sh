# Available scopes: `write:faces`: faces are enrolled, renamed and removed
. ../support.sh

key=$(key_with '["write:faces"]')
curl -sS -i "$BASE/api/v1/faces" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Mary Somerville","samples":[{"image":"iVBORw0KGgo="}]}'
curl -sS -i -X PATCH "$BASE/api/v1/faces/3" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Mary S."}'
curl -sS -i -X DELETE "$BASE/api/v1/faces/3" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/faces/1" -H "X-API-Key: $key"
