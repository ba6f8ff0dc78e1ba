# How scopes work: a request whose key lacks the scope is rejected with 403
. ../support.sh

key=$(key_with issues:read)
call "$key" GET /v1/works
call "$key" POST /v1/issues '{"title":"New issue","status":"open"}'
