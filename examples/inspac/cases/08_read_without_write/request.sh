# How scopes work: with `issues:read` and not `issues:write` issues are listed and retrieved, not created or updated
. ../support.sh

key=$(key_with issues:read)
call "$key" GET "/v1/issues?status=open"
call "$key" GET /v1/issues/1
call "$key" POST /v1/issues '{"title":"New issue"}'
call "$key" PATCH /v1/issues/1 '{"status":"resolved"}'
call "$key" GET /v1/issues/1
