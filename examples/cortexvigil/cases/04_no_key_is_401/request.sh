# Scopes: without a key, or with an unknown one, it is 401 and not 403; with two it is no valid request
. ../support.sh

curl -sS -i "$BASE/api/v1/cameras"
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: cv_0000000000000000000000000000000000000000000"
curl -sS -i "$BASE/api/v1/cameras" -H "X-API-Key: $KEY_DASHBOARD" -H "X-API-Key: $KEY_FACILITY_BOT"
