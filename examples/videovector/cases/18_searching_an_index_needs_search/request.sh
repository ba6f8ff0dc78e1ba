# Scope requirements: `/indexes/*/search` needs `search`
. ../support.sh

call "$api/indexes/idx_sports/search" -H "$search" -H "$json" -d '{"query":"goal"}'
call "$api/indexes/idx_sports/search" -H "X-API-Key: $KEY_NONE" -H "$json" -d '{"query":"goal"}'
