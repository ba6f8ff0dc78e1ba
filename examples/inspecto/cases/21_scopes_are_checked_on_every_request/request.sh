# Scope validation: scopes are checked on every request: a key that is revoked between two calls is let in once

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}
made=$(make '{"name":"Short-lived","scopes":["damages:read"]}')
KEY=$(printf '%s' "$made" | sed -n 's/.*"secret":"\([^"]*\)".*/\1/p')
ID=$(printf '%s' "$made" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')

curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $KEY"
curl -sS -i -X POST "$BASE/api/admin/v1/api-keys/$ID/revoke" -H "Authorization: Bearer $ADMIN_SESSION"
curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $KEY"
