# Summary: `/mcp/config` needs a verified session
. ../support.sh

call "$api/mcp/config" -H "$verified"
call "$api/mcp/config" -H "$session"
