# Available scopes: `vehicles:write`: vehicles are created, replaced and deleted, and so are the older resources beside them

curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"registration":"nw-fl 305","make":"Opel","model":"Movano","year":2024,"odometer_km":12,"group_id":2,"fields":{"availability":"on_road"}}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicles/5" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"registration":"nw-fl 305","make":"Opel","model":"Movano","year":2024,"odometer_km":40,"group_id":2}'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles/5/odometer-readings" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"odometer_km":95,"read_at":"2026-03-01T08:30:00+01:00"}'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles/5/documents" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"kind":"permit","number":"P-9"}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicles/5/documents/4" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicles/5" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
