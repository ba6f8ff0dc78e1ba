# Supported auth modes: a key is sent as `X-API-Key: sk_…`, and nowhere else
. ../support.sh

call "$api/jobs/job_1" -H "$read"
call "$api/jobs/job_1" -H "x-api-key: $KEY_READ"
call "$api/jobs/job_1?X-API-Key=$KEY_READ"
call "$api/jobs/job_1" -H "Authorization: $KEY_READ"
call "$api/jobs/job_1" -H "X-API-Key: ${KEY_READ#sk_}"
