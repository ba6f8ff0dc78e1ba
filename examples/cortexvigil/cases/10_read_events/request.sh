# Available scopes: `read:events`: events, detections and event metadata are queried
. ../support.sh

key=$(key_with '["read:events"]')
curl -sS -i "$BASE/api/v1/events?kind=motion_detected" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events/21" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events/21/detections" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/events/21/metadata" -H "X-API-Key: $key"
curl -sS -i -X POST "$BASE/api/v1/events/21/acknowledge" -H "X-API-Key: $key"
