# Available scopes: `write:sensors`: sensors are created, updated, configured and deleted
. ../support.sh

key=$(key_with '["write:sensors"]')
curl -sS -i "$BASE/api/v1/sensors" -H "X-API-Key: $key" -H "$json" \
  -d '{"site_id":1,"name":"Smoke","kind":"smoke","unit":"ppm","config":{"sampling_seconds":30,"minimum":null,"maximum":10.0}}'
curl -sS -i -X PATCH "$BASE/api/v1/sensors/3" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Smoke, hall"}'
curl -sS -i -X PUT "$BASE/api/v1/sensors/3/config" -H "X-API-Key: $key" -H "$json" \
  -d '{"sampling_seconds":60,"minimum":null,"maximum":5.0}'
curl -sS -i -X DELETE "$BASE/api/v1/sensors/3" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/sensors" -H "X-API-Key: $key"
