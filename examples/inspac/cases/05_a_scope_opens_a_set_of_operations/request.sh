# How scopes work: a scope grants access to a set of operations
. ../support.sh

key=$(key_with issues:read)
call "$key" GET /v1/issues
call "$key" GET /v1/issues/1
