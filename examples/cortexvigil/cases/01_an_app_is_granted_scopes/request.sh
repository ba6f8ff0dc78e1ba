# Scopes: an External App is granted a set of scopes
. ../support.sh

curl -sS -i "$BASE/api/v1/admin/external-apps" -H "$operator" -H "$json" \
  -d '{"organisation":"Northwind Logistics","name":"Wall display","scopes":["read:events","read:cameras"]}'
