# Available scopes: `logs:read`: logs and comments are listed and retrieved; `logs:write`: logs and comments are created, and not changed; neither gives the other
. ../support.sh

reader=$(key_with logs:read)
writer=$(key_with logs:write)
call "$reader" GET '/v1/logs?issue_id=1'
call "$reader" GET /v1/logs/1
call "$reader" POST /v1/logs '{"text":"Ordered the part.","issue_id":1}'
call "$writer" POST /v1/logs '{"text":"Ordered the part.","issue_id":1}'
call "$writer" PATCH /v1/logs/1 '{"text":"Another history"}'
call "$writer" GET '/v1/logs?issue_id=1'
