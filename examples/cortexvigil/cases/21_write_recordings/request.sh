# Available scopes: `write:recordings`: a clip is asked for and retention is overridden
. ../support.sh

key=$(key_with '["write:recordings"]')
# Another key knows when the first recording was made.
recording=$(curl -sS "$BASE/api/v1/recordings/1" -H "X-API-Key: $KEY_FACILITY_BOT")
from=$(printf %s "$recording" | sed 's/.*"starts_at":"\([^"]*\)".*/\1/')
to=$(printf %s "$recording" | sed 's/.*"ends_at":"\([^"]*\)".*/\1/')
curl -sS -i "$BASE/api/v1/recordings/clips" -H "X-API-Key: $key" -H "$json" \
  -d "{\"recording_id\":1,\"starts_at\":\"$from\",\"ends_at\":\"$to\"}"
curl -sS -i -X PUT "$BASE/api/v1/recordings/1/retention" -H "X-API-Key: $key" -H "$json" \
  -d '{"keep_until":"2099-01-01T00:00:00Z","reason":"Insurance claim"}'
curl -sS -i -X DELETE "$BASE/api/v1/recordings/1/retention" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/recordings/1" -H "X-API-Key: $key"
