# Scope violations: with a 403 the key is valid: what it has a scope for goes on working
. ../support.sh

key=$(key_with issues:read)
call "$key" GET /v1/users
call "$key" GET /v1/issues/2
