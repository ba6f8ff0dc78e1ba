# Available scopes: `schedules:read`: the occurrences of the unified schedule are listed and retrieved; `schedules:write`: the status of an occurrence and its links to obligations are updated; neither gives the other
. ../support.sh

reader=$(key_with schedules:read)
writer=$(key_with schedules:write)
call "$reader" GET '/v1/schedules/occurrences?from=2026-11-15T00:00:00Z'
call "$reader" GET /v1/schedules/occurrences/2
call "$reader" PUT /v1/schedules/occurrences/2/status '{"status":"in_progress"}'
call "$writer" PUT /v1/schedules/occurrences/2/status '{"status":"in_progress"}'
call "$writer" PUT /v1/schedules/occurrences/3/obligations/warranty-crane
call "$writer" DELETE /v1/schedules/occurrences/2/obligations/insurance-2026
call "$writer" GET '/v1/schedules/occurrences?from=2026-11-15T00:00:00Z'
