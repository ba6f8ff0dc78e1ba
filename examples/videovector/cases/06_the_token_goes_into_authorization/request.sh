# Supported auth modes: a token is sent as `Authorization: Bearer …`, and nowhere else
. ../support.sh

call "$api/jobs/job_1" -H "$session"
call "$api/jobs/job_1" -H "authorization: bearer $JWT_PLAIN"
call "$api/jobs/job_1?access_token=$JWT_PLAIN"
call "$api/jobs/job_1" -H "Authorization: Basic $JWT_PLAIN"
