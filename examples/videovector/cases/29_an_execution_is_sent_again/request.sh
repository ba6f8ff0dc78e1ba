# Request headers: `Idempotency-Key`: an execution is sent again safely
. ../support.sh

for again in 1 2; do
  call "$api/runs" -H "$write" -H "Idempotency-Key: run-it" -H "$json" \
    -d '{"index_id":"idx_archive","prompt_id":"prm_1","not_before":"2099-01-01T00:00:00Z"}'
done
call "$api/runs?state=queued" -H "$read"
