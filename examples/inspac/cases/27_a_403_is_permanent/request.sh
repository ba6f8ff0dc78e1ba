# Scope violations: a 403 is permanent for that key: no `Retry-After`, and the same answer to the same request
. ../support.sh

key=$(key_with issues:read)
call "$key" PATCH /v1/issues/1 '{"status":"resolved"}'
call "$key" PATCH /v1/issues/1 '{"status":"resolved"}'
