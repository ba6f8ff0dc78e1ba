# Available scopes: `damages:write`: damages are reported, replaced and deleted

curl -sS -i -X POST "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY_DAMAGES_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Cracked."}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/damages/3" -H "Authorization: Bearer $KEY_DAMAGES_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Replaced.","status":"repaired"}'
curl -sS -i -X DELETE "$BASE/api/third-party/v1/damages/3" -H "Authorization: Bearer $KEY_DAMAGES_WRITE"
