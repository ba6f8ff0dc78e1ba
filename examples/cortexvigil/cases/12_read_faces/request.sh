# Available scopes: `read:faces`: enrolled profiles are listed and their enrolment is read
. ../support.sh

key=$(key_with '["read:faces"]')
curl -sS -i "$BASE/api/v1/faces" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/faces/1" -H "X-API-Key: $key"
curl -sS -i "$BASE/api/v1/faces/1/enrolment" -H "X-API-Key: $key"
curl -sS -i -X DELETE "$BASE/api/v1/faces/1" -H "X-API-Key: $key"
