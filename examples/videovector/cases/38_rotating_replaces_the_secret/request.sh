# API key lifecycle: rotating returns a new full secret and revokes the old one
. ../support.sh

key=$(new_key '["read"]')
answer=$(curl -sS -i -X POST "$api/api-keys/$(field id "$key")/rotate" -H "$session")
printf '%s\n' "$answer"
call "$api/prompts/prm_1" -H "X-API-Key: $(field secret "$key")"
call "$api/prompts/prm_1" -H "X-API-Key: $(field secret "$(printf '%s' "$answer" | tail -n 1)")"
