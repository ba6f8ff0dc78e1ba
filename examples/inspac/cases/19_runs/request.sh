# Available scopes: `runs:read`: inspection runs are listed and retrieved; `runs:write`: inspection runs are created and updated; neither gives the other
. ../support.sh

reader=$(key_with runs:read)
writer=$(key_with runs:write)
call "$reader" GET '/v1/runs?status=completed'
call "$reader" GET /v1/runs/2
call "$reader" POST /v1/runs '{"template_id":1,"site_id":2,"scheduled_for":"2027-01-04T08:00:00Z"}'
call "$writer" POST /v1/runs '{"template_id":1,"site_id":2,"scheduled_for":"2027-01-04T08:00:00Z"}'
call "$writer" PATCH /v1/runs/2 '{"status":"completed","answers":{"Does the brake hold?":"no"}}'
call "$writer" GET '/v1/runs?status=completed'
