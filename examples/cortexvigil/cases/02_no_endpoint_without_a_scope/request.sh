# Scopes: an endpoint needs a scope: a key that holds none gets nowhere
. ../support.sh

key=$(key_with '[]')
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: $key"
curl -sS -i -X POST "$BASE/api/v1/alerts" -H "X-API-Key: $key"
