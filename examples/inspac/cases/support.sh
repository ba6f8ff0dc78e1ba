# What the cases share.

admin="Authorization: Bearer $SESSION_ADMIN"
json="Content-Type: application/json"

# Creates a key with these scopes and prints its secret: key_with issues:read issues:write
key_with() {
  scopes=$(printf '"%s",' "$@")
  curl -sS "$BASE/v1/organization/keys" -H "$admin" -H "$json" -d "{\"name\":\"A case\",\"scopes\":[${scopes%,}]}" |
    sed 's/.*"secret":"\([^"]*\)".*/\1/'
}

# Creates a key and prints its id and its secret.
key_and_id_with() {
  scopes=$(printf '"%s",' "$@")
  curl -sS "$BASE/v1/organization/keys" -H "$admin" -H "$json" -d "{\"name\":\"A case\",\"scopes\":[${scopes%,}]}" |
    sed 's/^{"id":"\([^"]*\)".*"secret":"\([^"]*\)".*/\1 \2/'
}

# Sends a request with a key: call SECRET METHOD PATH [BODY]
call() {
  echo "> $2 $3${4:+ $4}"
  if [ $# -gt 3 ]; then
    curl -sS -i -X "$2" "$BASE$3" -H "Authorization: Bearer $1" -H "$json" -d "$4"
  else
    curl -sS -i -X "$2" "$BASE$3" -H "Authorization: Bearer $1"
  fi
  echo
}
