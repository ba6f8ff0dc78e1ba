# Scope requirements: `/mcp/config` takes a verified JWT only: a plain one is asked for proof (RFC 9470), a key gets nowhere
. ../support.sh

call "$api/mcp/config" -H "$session"
call "$api/mcp/config" -H "$admin"
call "$api/mcp/config" -H "Authorization: Bearer $JWT_EXPIRED"
call "$api/mcp/config"
