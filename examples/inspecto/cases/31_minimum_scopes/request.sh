# Best practices: request only the scopes that are needed: a key may have a single one

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"Groups only","scopes":["vehicle-groups:read"]}'
make '{"name":"Nothing","scopes":[]}'
