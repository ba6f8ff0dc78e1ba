# Scope model: the hierarchy begins with `admin`: it implies `write`, `read` and `search`
. ../support.sh

call -X PATCH "$api/prompts/prm_1" -H "$admin" -H "$json" -d '{"name":"Arrivals"}'
call "$api/prompts/prm_1" -H "$admin"
call "$api/search/suggestions?q=pol" -H "$admin"
