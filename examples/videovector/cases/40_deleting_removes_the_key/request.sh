# API key lifecycle: deleting removes the key
. ../support.sh

key=$(new_key '["read"]')
call -X DELETE "$api/api-keys/$(field id "$key")" -H "$session"
call "$api/prompts/prm_1" -H "X-API-Key: $(field secret "$key")"
call "$api/api-keys/$(field id "$key")" -H "$session"
