# Available scopes: `read:attendance`: records, punches, slots and daily summaries are queried
. ../support.sh

key=$(key_with '["read:attendance"]')
curl -sS -i "$BASE/api/v1/attendance/records?limit=1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/attendance/punches?limit=1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/attendance/slots" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/attendance/daily-summaries?limit=1" -H "X-API-Key: $key"
