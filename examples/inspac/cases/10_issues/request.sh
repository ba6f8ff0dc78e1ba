# Available scopes: `issues:read`: issues are listed and retrieved; `issues:write`: issues are created and updated; neither gives the other
. ../support.sh

reader=$(key_with issues:read)
writer=$(key_with issues:write)
call "$reader" GET '/v1/issues?limit=1'
call "$reader" GET '/v1/issues?after=1'
call "$reader" GET /v1/issues/2
call "$reader" POST /v1/issues '{"title":"Lamp is dark","site_id":1}'
call "$writer" POST /v1/issues '{"title":"Lamp is dark","site_id":1}'
call "$writer" PATCH /v1/issues/1 '{"status":"in_progress"}'
call "$writer" GET '/v1/issues?limit=1'
