# Read and write scopes: use of a write scope: vehicle data comes from a transport management system

curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicles/4" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT" \
  -H 'Content-Type: application/json' -d '{"registration":"NW-FL 204","make":"Ford","model":"Transit","year":2016,"odometer_km":240900,"group_id":3}'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles/4/odometer-readings" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT" \
  -H 'Content-Type: application/json' -d '{"odometer_km":12}'
