# Scope model: there are four scopes: a key with any other is no key, and none can be made
. ../support.sh

call "$api/prompts/prm_1" -H "X-API-Key: $KEY_UNKNOWN_SCOPE"
call "$api/api-keys" -H "$session" -H "$json" -d '{"name":"Teleporter","scopes":["teleport"]}'
