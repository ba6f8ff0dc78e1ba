# Scope mismatch errors: rotating the key with the additional scope lets the call through; the old secret is done
. ../support.sh

app=$(curl -sS "$BASE/api/v1/admin/external-apps" -H "$operator" -H "$json" \
  -d '{"organisation":"Northwind Logistics","name":"Pairing tool","scopes":["read:cameras"]}' |
  sed 's/^{"id":\([0-9]*\).*/\1/')
keys="$BASE/api/v1/admin/external-apps/$app/keys"
issued=$(curl -sS "$keys" -H "$operator" -H "$json" -d '{"label":"main"}')
old=$(printf %s "$issued" | sed 's/.*"secret":"\([^"]*\)".*/\1/')
id=$(printf %s "$issued" | sed 's/^{"id":\([0-9]*\).*/\1/')
curl -sS -i -X POST "$BASE/api/v1/cameras/1/unpair" -H "X-API-Key: $old"
rotated=$(curl -sS "$keys/$id/rotate" -H "$operator" -H "$json" -d '{"additional_scopes":["write:cameras"]}')
new=$(printf %s "$rotated" | sed 's/.*"secret":"\([^"]*\)".*/\1/')
curl -sS -i -X POST "$BASE/api/v1/cameras/1/unpair" -H "X-API-Key: $new"
curl -sS -i "$BASE/api/v1/cameras/1" -H "X-API-Key: $old"
