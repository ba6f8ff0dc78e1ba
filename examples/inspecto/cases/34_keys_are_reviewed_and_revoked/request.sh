# Best practices: keys are reviewed: each with its scopes, its state and its end, none with its secret; those not used are revoked

curl -sS -i "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" | sed 's/},{/},\n{/g' 
