# Supported auth modes: a JWT is verified (signature, key, algorithm, `exp`, `nbf`, `aud`, `iss`) before its scopes are looked at
. ../support.sh

for token in "$JWT_EXPIRED" "$JWT_NOT_YET" "$JWT_WRONG_AUDIENCE" "$JWT_WRONG_ISSUER" "$JWT_WRONG_KEY" \
  "$JWT_UNKNOWN_KEY" "$JWT_WRONG_ALGORITHM" "$JWT_UNSIGNED" "$JWT_NO_WORKSPACE"; do
  call -X DELETE "$api/prompts/prm_3" -H "Authorization: Bearer $token"
done
