# Scopes: without a key, with an unknown one, or with two, it is 401 and not 403
. ../support.sh

curl -sS -i "$BASE/api/v1/cameras"
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: cv_0000000000000000000000000000000000000000000"
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: $KEY_DASHBOARD" -H "X-API-Key: $KEY_FACILITY_BOT"
