# What the cases share. The variables in capitals are what `videovector seed` prints.

api="$BASE/api/v2"
json="Content-Type: application/json"
search="X-API-Key: $KEY_SEARCH"
read="X-API-Key: $KEY_READ"
write="X-API-Key: $KEY_WRITE"
admin="X-API-Key: $KEY_ADMIN"
session="Authorization: Bearer $JWT_PLAIN"
verified="Authorization: Bearer $JWT_VERIFIED"

# An answer with its headers, and a line break after it.
call() {
  curl -sS -i "$@"
  echo
}

# Makes a key with these scopes (a JSON list) and prints what was answered.
new_key() {
  curl -sS "$api/api-keys" -H "$session" -H "$json" -d "{\"name\":\"An integration\",\"scopes\":$1}"
}

# What is in the text field $1 of the answer $2.
field() {
  printf '%s' "$2" | sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"
}
