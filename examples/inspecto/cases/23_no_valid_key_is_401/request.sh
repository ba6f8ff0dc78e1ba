# Scope validation: a request without a key, or with one that is unknown, expired or revoked, is no matter of scopes: 401; one with two keys is no valid request

curl -sS -i "$BASE/api/third-party/v1/inspections"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer sk_unknown"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_EXPIRED"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_REVOKED"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "Authorization: Bearer $KEY_READ_ONLY" -H "Authorization: Bearer $KEY_READ_ONLY"
curl -sS -i "$BASE/api/third-party/v1/inspections" -H "X-API-Key: $KEY_READ_ONLY"
