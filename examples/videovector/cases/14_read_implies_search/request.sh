# Scope model: then comes `read`: it implies `search`, not `write`
. ../support.sh

call "$api/search/suggestions?q=pol" -H "$read"
call -X PATCH "$api/prompts/prm_1" -H "$read" -H "$json" -d '{"name":"Arrivals"}'
