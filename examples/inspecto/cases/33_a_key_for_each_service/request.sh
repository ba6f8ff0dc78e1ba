# Best practices: services and environments get keys of their own: one is revoked and the others go on

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}
made=$(make '{"name":"Reporting, staging","scopes":["damages:read"]}')
STAGING=$(printf '%s' "$made" | sed -n 's/.*"secret":"\([^"]*\)".*/\1/p')
ID=$(printf '%s' "$made" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
made=$(make '{"name":"Reporting, production","scopes":["damages:read"],"expires_in_days":90}')
PRODUCTION=$(printf '%s' "$made" | sed -n 's/.*"secret":"\([^"]*\)".*/\1/p')

curl -sS -i -X POST "$BASE/api/admin/v1/api-keys/$ID/revoke" -H "Authorization: Bearer $ADMIN_SESSION"
curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $STAGING"
curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $PRODUCTION"
