# Scope mismatch errors: a different key, one that holds the scope, may do it

curl -sS -i -X POST "$BASE/api/v1/cameras/1/unpair" -H "X-API-Key: $KEY_DASHBOARD"
curl -sS -i -X POST "$BASE/api/v1/cameras/1/unpair" -H "X-API-Key: $KEY_FACILITY_BOT"
