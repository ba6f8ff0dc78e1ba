# API key lifecycle: revoking disables the key; it stays in sight
. ../support.sh

key=$(new_key '["read"]')
call -X POST "$api/api-keys/$(field id "$key")/revoke" -H "$session"
call "$api/prompts/prm_1" -H "X-API-Key: $(field secret "$key")"
call "$api/api-keys/$(field id "$key")" -H "$session"
call -X POST "$api/api-keys/$(field id "$key")/rotate" -H "$session"
