# Scopes: a key without the needed scope is answered 403
. ../support.sh

curl -sS -i -X DELETE "$BASE/api/v1/cameras/1" -H "X-API-Key: $KEY_DASHBOARD"
