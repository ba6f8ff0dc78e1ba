# Available scopes: `write:alerts`: alerts are created, acknowledged and resolved, and rules are managed
. ../support.sh

key=$(key_with '["write:alerts"]')
curl -sS -i "$BASE/api/v1/alerts" -H "X-API-Key: $key" -H "$json" \
  -d '{"title":"Gate stuck","severity":"high"}'
curl -sS -i -X POST "$BASE/api/v1/alerts/2/acknowledge" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/alerts/2/resolve" -H "X-API-Key: $key" -H "$json" \
  -d '{"resolution":"Oiled."}'
curl -sS -i "$BASE/api/v1/alerts/rules" -H "X-API-Key: $key" -H "$json" \
  -d '{"name":"Any motion","event_kind":"motion_detected","minimum_severity":"low","channel":"email","target":"desk@example.com"}'
curl -sS -i -X DELETE "$BASE/api/v1/alerts/rules/2" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/alerts/1" -H "X-API-Key: $key"
