# Scope violations: a 403 tells neither scopes nor whether the thing is there
. ../support.sh

key=$(key_with issues:read)
call "$key" GET /v1/works/1
call "$key" GET /v1/works/999999
call "$key" POST /v1/works 'this is no JSON'
