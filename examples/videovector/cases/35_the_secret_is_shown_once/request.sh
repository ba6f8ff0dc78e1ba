# API key lifecycle: creating returns the full secret once; the key works with its scopes and no others
. ../support.sh

key=$(new_key '["search"]')
printf '%s\n' "$key"
call "$api/search/suggestions?q=pol" -H "X-API-Key: $(field secret "$key")"
call "$api/prompts/prm_1" -H "X-API-Key: $(field secret "$key")"
call "$api/api-keys/$(field id "$key")" -H "$session"
