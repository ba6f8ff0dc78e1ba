# Scope validation: scopes are what lets a call in: the session of an administrator has none and is not accepted in their place

curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $ADMIN_SESSION"
