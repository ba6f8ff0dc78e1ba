# What the cases share. `$CORTEXVIGIL_OPERATOR_TOKEN` is the token the service was started with.

operator="Authorization: Bearer $CORTEXVIGIL_OPERATOR_TOKEN"
json="Content-Type: application/json"

# Makes an External App of the demonstration's organisation with these scopes (a JSON list) and prints its key.
key_with() {
  app=$(curl -sS "$BASE/api/v1/admin/external-apps" -H "$operator" -H "$json" \
    -d "{\"organisation\":\"Northwind Logistics\",\"name\":\"An integration\",\"scopes\":$1}" |
    sed 's/^{"id":\([0-9]*\).*/\1/')
  curl -sS "$BASE/api/v1/admin/external-apps/$app/keys" -H "$operator" -H "$json" -d '{"label":"main"}' |
    sed 's/.*"secret":"\([^"]*\)".*/\1/'
}
