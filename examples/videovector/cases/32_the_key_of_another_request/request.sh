# Request headers: `Idempotency-Key`: the key that comes with another request is a conflict
. ../support.sh

call "$api/prompts" -H "$write" -H "Idempotency-Key: k" -H "$json" -d '{"name":"One","text":"one"}'
call "$api/prompts" -H "$write" -H "Idempotency-Key: k" -H "$json" -d '{"name":"Two","text":"two"}'
call "$api/prompts" -H "$write" -H "Idempotency-Key: \"k\"" -H "$json" -d '{"name":"One","text":"one"}'
call "$api/prompts" -H "$admin" -H "Idempotency-Key: k" -H "$json" -d '{"name":"Two","text":"two"}'
