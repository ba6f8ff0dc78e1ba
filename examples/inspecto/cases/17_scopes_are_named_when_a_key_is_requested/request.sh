# Requesting scopes: an administrator creates the key, with the scopes that were asked for

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

made=$(make '{"name":"Yard tablet","scopes":["vehicles:read","inspection-templates:read","inspections:write"]}')
printf '%s\n\n' "$made"
KEY=$(printf '%s' "$made" | sed -n 's/.*"secret":"\([^"]*\)".*/\1/p')
curl -sS -i "$BASE/api/third-party/v1/vehicles/1" -H "Authorization: Bearer $KEY"
curl -sS -i "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY"
