# Available scopes: `vehicles:read`: vehicles are listed and read, and so are the older resources beside them

curl -sS -i "$BASE/api/third-party/v1/vehicles?group_id=1&limit=1" -H "Authorization: Bearer $KEY_VEHICLES_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicles/4" -H "Authorization: Bearer $KEY_VEHICLES_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicles/1/odometer-readings" -H "Authorization: Bearer $KEY_VEHICLES_READ"
curl -sS -i "$BASE/api/third-party/v1/vehicles/1/documents?kind=insurance" -H "Authorization: Bearer $KEY_VEHICLES_READ"
