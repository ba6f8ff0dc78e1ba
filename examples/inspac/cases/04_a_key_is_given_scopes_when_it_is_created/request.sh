# How scopes work: a key is assigned one or more scopes at its creation
. ../support.sh

call "$SESSION_ADMIN" POST /v1/organization/keys '{"name":"Helpdesk","scopes":["issues:write","issues:read"]}'
call "$SESSION_ADMIN" POST /v1/organization/keys '{"name":"None","scopes":[]}'
call "$SESSION_ADMIN" POST /v1/organization/keys '{"name":"Not said"}'
