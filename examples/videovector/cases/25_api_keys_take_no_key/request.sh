# Scope requirements: `/api-keys/*` takes a JWT only: a key gets nowhere, whatever its scopes
. ../support.sh

call "$api/api-keys" -H "$admin"
call "$api/api-keys" -H "$admin" -H "$json" -d '{"name":"More","scopes":["read"]}'
call "$api/api-keys/key_none" -H "$admin"
call -X POST "$api/api-keys/key_none/rotate" -H "$admin"
call -X POST "$api/api-keys/key_none/revoke" -H "$admin"
call -X DELETE "$api/api-keys/key_none" -H "$admin"
call "$api/api-keys/key_none" -H "$verified"
