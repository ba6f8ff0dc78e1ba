# Available scopes: `sites:read`: sites are listed and retrieved; `sites:write`: sites are created and updated; neither gives the other
. ../support.sh

reader=$(key_with sites:read)
writer=$(key_with sites:write)
call "$reader" GET '/v1/sites?name=pier'
call "$reader" GET /v1/sites/2
call "$reader" POST /v1/sites '{"name":"Dry dock","address":"9 Harbour Road"}'
call "$writer" POST /v1/sites '{"name":"Dry dock","address":"9 Harbour Road"}'
call "$writer" PATCH /v1/sites/2 '{"name":"Cold store B"}'
call "$writer" GET '/v1/sites?name=pier'
