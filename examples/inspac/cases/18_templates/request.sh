# Available scopes: `templates:read`: templates are listed and retrieved; `templates:write`: templates are created and updated; neither gives the other
. ../support.sh

reader=$(key_with templates:read)
writer=$(key_with templates:write)
call "$reader" GET /v1/templates
call "$reader" GET /v1/templates/1
call "$reader" POST /v1/templates '{"name":"Fire doors","questions":["Do they close?"]}'
call "$writer" POST /v1/templates '{"name":"Fire doors","questions":["Do they close?"]}'
call "$writer" PATCH /v1/templates/1 '{"questions":["Is the hook free of cracks?"]}'
call "$writer" GET /v1/templates
