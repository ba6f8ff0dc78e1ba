# Least-privilege guidance: a write scope goes to the system that creates: a gateway ingests readings and reads nothing back
. ../support.sh

call "$KEY_GATEWAY" POST /v1/sensors/readings '{"readings":[{"sensor":"cold-store-air","asset_id":2,"value":-17.5,"unit":"C","measured_at":"2026-11-20T08:00:00Z"}]}'
call "$KEY_GATEWAY" GET /v1/sensors/readings
