# How scopes work: scopes are evaluated on every request: a change is there for the next one
. ../support.sh

set -- $(key_and_id_with issues:read)
call "$2" GET /v1/sites/1
call "$SESSION_ADMIN" PUT "/v1/organization/keys/$1/scopes" '{"scopes":["sites:read"]}'
call "$2" GET /v1/sites/1
call "$2" GET /v1/issues/1
