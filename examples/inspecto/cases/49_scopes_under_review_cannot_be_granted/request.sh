# Future scopes: `users:read` and `analytics:read` are under review: they have a name and can be granted to nobody yet

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"Users","scopes":["users:read","analytics:read"]}'
curl -sS -i "$BASE/api/admin/v1/scopes" -H "Authorization: Bearer $ADMIN_SESSION" | sed 's/},{/},\n{/g' 
