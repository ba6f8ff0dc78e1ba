# API key lifecycle: a key whose days are over, like one that was revoked, is no key
. ../support.sh

call "$api/prompts/prm_1" -H "X-API-Key: $KEY_EXPIRED"
call "$api/prompts/prm_1" -H "X-API-Key: $KEY_REVOKED"
call "$api/api-keys" -H "$session" -H "$json" -d '{"name":"Never","scopes":["read"],"expires_in_days":0}'
