# Request headers: `Idempotency-Key`: a cancellation is sent again safely; without the key it comes too late
. ../support.sh

call -X POST "$api/runs/run_2/cancel" -H "$write" -H "Idempotency-Key: stop"
call -X POST "$api/runs/run_2/cancel" -H "$write" -H "Idempotency-Key: stop"
call -X POST "$api/runs/run_2/cancel" -H "$write"
