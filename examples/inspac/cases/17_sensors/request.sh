# Available scopes: `sensors:read`: sensor readings are listed and retrieved; `sensors:write`: sensor readings are ingested; neither gives the other
. ../support.sh

reader=$(key_with sensors:read)
writer=$(key_with sensors:write)
call "$reader" GET '/v1/sensors/readings?since=2026-11-20T06:30:00Z'
call "$reader" GET /v1/sensors/readings/1
call "$reader" POST /v1/sensors/readings '{"readings":[{"sensor":"gate","value":1,"unit":"count","measured_at":"2026-11-21T06:00:00Z"},{"sensor":"gate","value":3,"unit":"count","measured_at":"2026-11-21T07:00:00Z"}]}'
call "$writer" POST /v1/sensors/readings '{"readings":[{"sensor":"gate","value":1,"unit":"count","measured_at":"2026-11-21T06:00:00Z"},{"sensor":"gate","value":3,"unit":"count","measured_at":"2026-11-21T07:00:00Z"}]}'
call "$writer" POST /v1/sensors/readings '{"readings":[{"sensor":"gate","value":9,"unit":"count","measured_at":"2026-11-21T08:00:00Z"},{"sensor":"gate","value":4,"unit":"count","measured_at":"2026-11-21T07:00:00Z"}]}'
call "$writer" GET '/v1/sensors/readings?since=2026-11-20T06:30:00Z'
