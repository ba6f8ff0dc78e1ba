# Requesting scopes: scopes are set when the key is created and cannot be changed

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}
ID=$(make '{"name":"Dashboard","scopes":["vehicles:read"]}' | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')

for method in PUT PATCH POST DELETE; do
  curl -sS -i -X "$method" "$BASE/api/admin/v1/api-keys/$ID" -H "Authorization: Bearer $ADMIN_SESSION" \
    -H 'Content-Type: application/json' -d '{"scopes":["vehicles:write"]}'
done
curl -sS -i -X PUT "$BASE/api/admin/v1/api-keys/$ID/scopes" -H "Authorization: Bearer $ADMIN_SESSION" \
  -H 'Content-Type: application/json' -d '["vehicles:write"]'
curl -sS -i "$BASE/api/admin/v1/api-keys/$ID" -H "Authorization: Bearer $ADMIN_SESSION"
