# Available scopes: `read:recordings`: recordings and clips are listed and downloaded
. ../support.sh

key=$(key_with '["read:recordings"]')
curl -sS -i "$BASE/api/v1/recordings?limit=1" -H "X-API-Key: $key"
curl -sS -D - "$BASE/api/v1/recordings/1/download" -H "X-API-Key: $key" -o /dev/null
curl -sS -i "$BASE/api/v1/recordings/clips" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/recordings/1/retention" -H "X-API-Key: $key"
