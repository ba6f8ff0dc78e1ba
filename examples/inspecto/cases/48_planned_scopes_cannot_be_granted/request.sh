# Future scopes: `reports:read` and `webhooks:manage` are planned: they have a name and can be granted to nobody yet

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"Reports","scopes":["vehicles:read","reports:read","webhooks:manage"]}'
make '{"name":"Typo","scopes":["report:read"]}'
