# Inspecting a key's scopes: `GET /api/v1/auth/me` returns the scopes of the calling key

curl -sS -i "$BASE/api/v1/auth/me" -H "X-API-Key: $KEY_DASHBOARD"
