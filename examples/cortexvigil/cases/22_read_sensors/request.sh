# Available scopes: `read:sensors`: sensors and their latest readings are read
. ../support.sh

key=$(key_with '["read:sensors"]')
curl -sS -i "$BASE/api/v1/sensors/1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/sensors/readings/latest" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/sensors/1/readings?limit=1" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/sensors/1" -H "X-API-Key: $key"
