# Available scopes: `checkins:read`: check-ins at sites are listed and retrieved; `checkins:write`: check-ins at sites are created and updated; neither gives the other
. ../support.sh

reader=$(key_with checkins:read)
writer=$(key_with checkins:write)
call "$reader" GET '/v1/checkins?site_id=2'
call "$reader" GET /v1/checkins/1
call "$reader" POST /v1/checkins '{"site_id":1,"user_id":2,"checked_in_at":"2026-11-21T08:00:00Z"}'
call "$writer" POST /v1/checkins '{"site_id":1,"user_id":2,"checked_in_at":"2026-11-21T08:00:00Z"}'
call "$writer" PATCH /v1/checkins/2 '{"checked_out_at":"2026-11-20T17:15:00Z"}'
call "$writer" GET '/v1/checkins?site_id=2'
