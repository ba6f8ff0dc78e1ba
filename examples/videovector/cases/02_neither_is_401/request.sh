# Summary: without a valid key or token, or with both at once, there is no access
. ../support.sh

call "$api/prompts/prm_1"
call "$api/prompts/prm_1" -H "X-API-Key: sk_live_0000000000000000000000000000000000000000000"
call "$api/prompts/prm_1" -H "Authorization: Bearer $KEY_ADMIN"
call "$api/prompts/prm_1" -H "X-API-Key: $JWT_PLAIN"
call "$api/prompts/prm_1" -H "$admin" -H "$session"
