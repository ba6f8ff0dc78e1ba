# Scope requirements: `/chat/*` needs `search`, whatever the method
. ../support.sh

call "$api/chat/conversations" -H "$search"
call "$api/chat/conversations" -H "$search" -H "$json" -d '{"index_id":"idx_sports","title":"The final"}'
call "$api/chat/conversations/cnv_2/messages" -H "$search" -H "$json" -d '{"text":"Was there a goal?"}'
call "$api/chat/conversations/cnv_1" -H "$search"
call "$api/chat/conversations" -H "X-API-Key: $KEY_NONE"
call "$api/chat/conversations/cnv_1/messages" -H "X-API-Key: $KEY_NONE" -H "$json" -d '{"text":"Was there a goal?"}'
