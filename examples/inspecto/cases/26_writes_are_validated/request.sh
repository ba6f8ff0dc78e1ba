# Read and write scopes: writing is validated further: unknown members, values out of range and rows that are not there are all reported, and nothing is written

curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"registration":"?","year":1492,"odometer_km":"far","colour":"red"}'
curl -sS -i -X POST "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_VEHICLES_WRITE" \
  -H 'Content-Type: application/json' -d '{"registration":"nw-fl 305","make":"Opel","model":"Movano","year":2024,"odometer_km":12,"group_id":99,"fields":{"availability":"lost"}}'
curl -sS -i -X POST "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":99,"template_id":1,"inspector":"L","answers":{"lights":"yes","horn":true}}'
curl -sS -i -X POST "$BASE/api/third-party/v1/inspection-templates" -H "Authorization: Bearer $KEY_INSPECTION_TEMPLATES_WRITE" \
  -H 'Content-Type: application/json' -d '{"name":"T","items":[{"key":"a","label":"A","kind":"check"},{"key":"a","label":"","kind":"smell"}]}'
curl -sS -i -X POST "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY_DAMAGES_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":1,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Cracked."}'
curl -sS -i "$BASE/api/third-party/v1/vehicles?after=4" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
