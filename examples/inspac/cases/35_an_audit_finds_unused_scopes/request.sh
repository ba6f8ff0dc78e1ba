# Least-privilege guidance: scope assignments are audited, and a scope that is no longer needed is removed
. ../support.sh

set -- $(key_and_id_with issues:read users:write)
call "$2" GET /v1/issues/2
echo "> GET /v1/organization/scope-audit: this key"
curl -sS -i "$BASE/v1/organization/scope-audit" -H "$admin" | grep -v '^content-length' | sed "s/^.*\({\"id\":\"$1\"[^}]*}[^}]*}[^}]*}\).*$/\1/"
echo
call "$SESSION_ADMIN" PUT "/v1/organization/keys/$1/scopes" '{"scopes":["issues:read"]}'
call "$2" POST /v1/users '{"name":"Eve","email":"eve@harbour.example"}'
call "$2" GET /v1/issues/2
