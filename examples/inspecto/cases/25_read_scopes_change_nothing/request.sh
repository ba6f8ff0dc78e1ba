# Read and write scopes: read scopes retrieve data without modifying it, which makes them safe for analytics, dashboards and one-way synchronisation

curl -sS -i "$BASE/api/third-party/v1/vehicles?limit=1" -H "Authorization: Bearer $KEY_READ_ONLY"
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_READ_ONLY" \
  -H 'Content-Type: application/json' -d '{"registration":"nw-fl 305","make":"Opel","model":"Movano","year":2024,"odometer_km":12,"group_id":2,"fields":{"availability":"on_road"}}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicle-groups/1" -H "Authorization: Bearer $KEY_READ_ONLY" \
  -H 'Content-Type: application/json' -d '{"name":"Mine"}'
curl -sS -i -X PATCH "$BASE/api/third-party/v1/inspections/2" -H "Authorization: Bearer $KEY_READ_ONLY" \
  -H 'Content-Type: application/json' -d '{"notes":"?"}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_READ_ONLY"
curl -sS -i "$BASE/api/third-party/v1/vehicle-groups/1" -H "Authorization: Bearer $KEY_READ_ONLY"
