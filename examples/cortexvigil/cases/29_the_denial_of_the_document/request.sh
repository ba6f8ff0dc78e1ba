# Scope mismatch errors: the body names what is needed and what is granted, with status 403
. ../support.sh

key=$(key_with '["read:cameras","read:events"]')
curl -sS -i -X DELETE "$BASE/api/v1/cameras/1" -H "X-API-Key: $key"
