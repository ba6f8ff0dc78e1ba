# Available scopes: `calendar:read`: schedule occurrences are listed as calendars read them; the schedule itself stays closed
. ../support.sh

reader=$(key_with calendar:read)
call "$reader" GET "/v1/calendar/events?to=2026-12-31T00:00:00Z"
call "$reader" GET "/v1/calendar/events.ics?from=2027-01-01T00:00:00Z"
call "$reader" GET /v1/schedules/occurrences
