# Best practices: reading and writing get keys of their own: the one for reading writes nothing when it leaks

curl -sS -i "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_DAMAGES_READ"
curl -sS -i -X PUT "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_DAMAGES_READ" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Cracked."}'
curl -sS -i -X PUT "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_DAMAGES_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Cracked."}'
