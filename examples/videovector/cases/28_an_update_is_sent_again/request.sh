# Request headers: `Idempotency-Key`: an update is sent again safely, and is not made again
. ../support.sh

call -X PATCH "$api/prompts/prm_1" -H "$write" -H "Idempotency-Key: first" -H "$json" -d '{"name":"First"}'
call -X PATCH "$api/prompts/prm_1" -H "$write" -H "Idempotency-Key: second" -H "$json" -d '{"name":"Second"}'
call -X PATCH "$api/prompts/prm_1" -H "$write" -H "Idempotency-Key: first" -H "$json" -d '{"name":"First"}'
call "$api/prompts/prm_1" -H "$read"
