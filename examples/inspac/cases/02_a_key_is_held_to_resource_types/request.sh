# Scopes: a key can be constrained to some types of resources
. ../support.sh

key=$(key_with sites:read)
call "$key" GET /v1/sites/1
call "$key" GET /v1/assets/1
call "$key" GET /v1/users
