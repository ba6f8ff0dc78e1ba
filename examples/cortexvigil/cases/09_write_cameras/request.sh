# Available scopes: `write:cameras`: cameras are created, updated, paired, unpaired and deleted
. ../support.sh

key=$(key_with '["write:cameras"]')
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: $key" -H "$json" \
  -d '{"site_id":1,"name":"Roof"}'
curl -sS -i -X PATCH "$BASE/api/v1/cameras/4" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Roof north"}'
curl -sS -i "$BASE/api/v1/cameras/4/pair" -H "X-API-Key: $key" -H "$json" \
  -d '{"device_serial":"VX200-9","capabilities":{"width":1280,"height":720,"frames_per_second":10,"pan_tilt_zoom":false,"infrared":false,"audio":false}}'
curl -sS -i -X POST "$BASE/api/v1/cameras/4/unpair" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/cameras/4" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/cameras/1" -H "X-API-Key: $key"
