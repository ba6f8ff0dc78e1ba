# Available scopes: `works:read`: work orders are listed and retrieved; `works:write`: work orders are created and updated; neither gives the other
. ../support.sh

reader=$(key_with works:read)
writer=$(key_with works:write)
call "$reader" GET /v1/works
call "$reader" GET /v1/works/1
call "$reader" POST /v1/works '{"title":"Change the lamp","issue_id":1,"due_at":"2027-02-01T09:00:00+01:00"}'
call "$writer" POST /v1/works '{"title":"Change the lamp","issue_id":1,"due_at":"2027-02-01T09:00:00+01:00"}'
call "$writer" PATCH /v1/works/2 '{"status":"done"}'
call "$writer" GET /v1/works
