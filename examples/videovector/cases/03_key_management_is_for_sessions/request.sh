# Summary: managing API keys needs a JWT
. ../support.sh

call "$api/api-keys/key_none" -H "$session"
call "$api/api-keys/key_none" -H "$admin"
call "$api/api-keys/key_none"
