# API key lifecycle: one key is retrieved, masked; another workspace's is not there
. ../support.sh

id=$(field id "$(new_key '["read"]')")
call "$api/api-keys/$id" -H "$session"
call "$api/api-keys/$id" -H "Authorization: Bearer $JWT_OTHER_WORKSPACE"
