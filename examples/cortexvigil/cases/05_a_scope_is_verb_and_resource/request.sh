# Scopes: a scope is spelled verb, colon, resource: the other way round is no scope
. ../support.sh

curl -sS -i "$BASE/api/v1/admin/external-apps" -H "$operator" -H "$json" \
  -d '{"organisation":"Northwind Logistics","name":"Reversed","scopes":["cameras:read"]}'
