# Available scopes: the row of vehicles names POST, PUT and DELETE: there is no PATCH, whatever a key holds

curl -sS -i -X PATCH "$BASE/api/third-party/v1/vehicles/1" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT" \
  -H 'Content-Type: application/json' -d '{}'
