# Request headers: `Idempotency-Key`: a retry is sent again safely
. ../support.sh

call -X POST "$api/jobs/job_3/retry" -H "$write" -H "Idempotency-Key: once more"
call -X POST "$api/jobs/job_3/retry" -H "$write" -H "Idempotency-Key: once-more"
call -X POST "$api/jobs/job_3/retry" -H "$write" -H "Idempotency-Key: once-more"
