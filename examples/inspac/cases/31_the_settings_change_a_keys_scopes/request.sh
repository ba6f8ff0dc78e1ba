# Scope violations: the key's scopes are updated in the organisation's settings, and then it may
. ../support.sh

set -- $(key_and_id_with issues:read)
call "$2" POST /v1/issues '{"title":"New issue","status":"open"}'
call "$SESSION_ADMIN" PUT "/v1/organization/keys/$1/scopes" '{"scopes":["issues:read","issues:write"]}'
call "$2" POST /v1/issues '{"title":"New issue","status":"open"}'
echo "> the key itself may not"
call "$2" PUT "/v1/organization/keys/$1/scopes" '{"scopes":["users:write"]}'
