# Scope violations: the body of a 403 is the documented one and nothing else, whatever was asked for
. ../support.sh

key=$(key_with calendar:read)
call "$key" GET /v1/issues
call "$key" POST /v1/issues '{"title":"New issue"}'
call "$key" DELETE /v1/integrations/subscriptions/1
call "$key" GET /v1/organization/keys
