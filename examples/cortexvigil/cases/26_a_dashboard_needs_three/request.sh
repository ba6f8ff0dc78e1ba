# Choosing scopes: a read-only dashboard does with cameras, events and attendance
. ../support.sh

key=$KEY_DASHBOARD
curl -sS -i "$BASE/api/v1/cameras/1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events/21" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/attendance/slots" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/faces" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events" -H "X-API-Key: $key" -H "$json" \
  -d '{"kind":"note","severity":"low","summary":"?"}'
