# Scopes: a key can be constrained to some operations on a resource
. ../support.sh

key=$(key_with sites:read)
call "$key" GET /v1/sites
call "$key" POST /v1/sites '{"name":"Dry dock"}'
