# Available scopes: `damages:read`: damages are listed and read

curl -sS -i "$BASE/api/third-party/v1/damages?status=open&severity=major" -H "Authorization: Bearer $KEY_DAMAGES_READ"
curl -sS -i "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $KEY_DAMAGES_READ"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/damages/2" -H "Authorization: Bearer $KEY_DAMAGES_READ"
