# Summary: most workflow endpoints take an API key or a JWT
. ../support.sh

call "$api/prompts/prm_1" -H "$read"
call "$api/prompts/prm_1" -H "$session"
call "$api/prompts/prm_1" -H "Authorization: Bearer $JWT_PLAIN_EDDSA"
