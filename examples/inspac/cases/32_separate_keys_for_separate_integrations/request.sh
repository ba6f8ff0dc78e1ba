# Least-privilege guidance: each integration has a key of its own: when one is compromised and revoked, the others go on
. ../support.sh

set -- $(key_and_id_with issues:read)
other=$(key_with issues:read)
call "$SESSION_ADMIN" DELETE "/v1/organization/keys/$1"
call "$2" GET /v1/issues/2
call "$other" GET /v1/issues/2
