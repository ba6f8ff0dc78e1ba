# Available scopes: `users:read`: user profiles are listed and retrieved; `users:write`: user profiles are created and updated; neither gives the other
. ../support.sh

reader=$(key_with users:read)
writer=$(key_with users:write)
call "$reader" GET /v1/users
call "$reader" GET /v1/users/2
call "$reader" POST /v1/users '{"name":"Dee Farr","email":"dee@harbour.example"}'
call "$writer" POST /v1/users '{"name":"Dee Farr","email":"dee@harbour.example"}'
call "$writer" PATCH /v1/users/2 '{"active":false}'
call "$writer" GET /v1/users
