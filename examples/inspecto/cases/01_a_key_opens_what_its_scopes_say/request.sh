# Overview: an API key carries scopes, which decide what it may reach and do

curl -sS -i "$BASE/api/third-party/v1/vehicles/1" -H "Authorization: Bearer $KEY_VEHICLES_READ"
curl -sS -i "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY_VEHICLES_READ"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/vehicles/4" -H "Authorization: Bearer $KEY_VEHICLES_READ"
