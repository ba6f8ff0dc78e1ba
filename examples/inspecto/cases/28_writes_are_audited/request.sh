# Read and write scopes: what write scopes let in is audit logged: method, route, key and scope; what a read scope lets in, and refused calls, are not

curl -sS -i -X POST "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY_DAMAGES_WRITE" \
  -H 'Content-Type: application/json' -d '{"vehicle_id":2,"inspection_id":2,"part":"bumper, front","severity":"minor","description":"Cracked."}' >/dev/null
curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicle-groups/2" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT" \
  -H 'Content-Type: application/json' -d '{"name":"Depot South"}' >/dev/null
curl -sS -i -X DELETE "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_DAMAGES_READ" >/dev/null
curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $KEY_DAMAGES_READ" >/dev/null

curl -sS -i "$BASE/api/admin/v1/audit-log" -H "Authorization: Bearer $ADMIN_SESSION"
