# Scope violations: a 401 is a failed authentication: no key, an unknown, an expired, a revoked one, one in another place; two are no valid request
. ../support.sh

echo "> no key"
curl -sS -i "$BASE/v1/issues"
echo
for key in insp_0000000000000000000000000000000000000000000 "$KEY_EXPIRED" "$KEY_REVOKED" ""; do
  call "$key" GET /v1/issues
done
echo "> two keys"
curl -sS -i "$BASE/v1/issues" -H "Authorization: Bearer $KEY_REPORTING" -H "Authorization: Bearer $KEY_HELPDESK"
echo
echo "> another place"
curl -sS -i "$BASE/v1/issues?api_key=$KEY_REPORTING" -H "X-API-Key: $KEY_REPORTING"
