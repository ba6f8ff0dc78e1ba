# Scope model: last comes `search`: it implies nothing, and a key without scopes has not even that
. ../support.sh

call "$api/search/suggestions?q=pol" -H "$search"
call "$api/prompts/prm_1" -H "$search"
call "$api/search/suggestions?q=pol" -H "X-API-Key: $KEY_NONE"
