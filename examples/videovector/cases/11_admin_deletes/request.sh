# Scope model: `admin`: higher-risk resources are deleted
. ../support.sh

call -X DELETE "$api/indexes/idx_archive" -H "$admin"
call "$api/indexes/idx_archive" -H "$admin"
call "$api/search/segments" -H "$admin" -H "$json" -d '{"query":"station","top_k":5}'
