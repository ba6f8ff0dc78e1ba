# Available scopes: `write:events`: events are acknowledged, annotated and created by hand
. ../support.sh

key=$(key_with '["write:events"]')
curl -sS -i "$BASE/api/v1/events" -H "X-API-Key: $key" -H "$json" \
  -d '{"kind":"tailgating","severity":"high","summary":"Two people, one badge"}'
curl -sS -i -X POST "$BASE/api/v1/events/21/acknowledge" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events/21/annotations" -H "X-API-Key: $key" -H "$json" \
  -d '{"text":"A cat."}'
curl -sS -i "$BASE/api/v1/events/21" -H "X-API-Key: $key"
