# Scope model: `search`: search, retrieval, and retrieval for chat
. ../support.sh

call "$api/search/segments" -H "$search" -H "$json" -d '{"query":"cup","top_k":1}'
call "$api/chat/conversations/cnv_1/messages" -H "$search" -H "$json" -d '{"text":"Who reads the headlines?"}'
call "$api/prompts" -H "$search"
