# Scope model: then comes `write`: it implies `read` and `search`, not `admin`
. ../support.sh

call "$api/prompts/prm_1" -H "$write"
call "$api/search/suggestions?q=pol" -H "$write"
call -X DELETE "$api/prompts/prm_3" -H "$write"
