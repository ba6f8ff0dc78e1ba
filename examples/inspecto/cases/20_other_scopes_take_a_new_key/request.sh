# Requesting scopes: to have other scopes, a new key is created; the old one stays as it is until it is revoked

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

made=$(make '{"name":"Dashboard, second","scopes":["vehicles:read","damages:read"]}')
KEY=$(printf '%s' "$made" | sed -n 's/.*"secret":"\([^"]*\)".*/\1/p')
curl -sS -i "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY"
curl -sS -i "$BASE/api/third-party/v1/damages/1" -H "Authorization: Bearer $KEY_VEHICLES_READ"
