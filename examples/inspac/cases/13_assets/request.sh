# Available scopes: `assets:read`: assets are listed and retrieved; `assets:write`: assets are created and updated; neither gives the other
. ../support.sh

reader=$(key_with assets:read)
writer=$(key_with assets:write)
call "$reader" GET '/v1/assets?site_id=1'
call "$reader" GET /v1/assets/1
call "$reader" POST /v1/assets '{"site_id":2,"name":"Evaporator"}'
call "$writer" POST /v1/assets '{"site_id":2,"name":"Evaporator"}'
call "$writer" PATCH /v1/assets/1 '{"serial":"CR-1188"}'
call "$writer" GET '/v1/assets?site_id=1'
