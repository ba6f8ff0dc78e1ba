# Scope requirements: `/search/*` needs `search`
. ../support.sh

call "$api/search/segments" -H "$search" -H "$json" -d '{"query":"goal"}'
call "$api/search/similar" -H "$search" -H "$json" -d '{"segment_id":"seg_2","top_k":1}'
call "$api/search/suggestions?q=go" -H "$search"
call "$api/search/segments" -H "X-API-Key: $KEY_NONE" -H "$json" -d '{"query":"goal"}'
call "$api/search/similar" -H "X-API-Key: $KEY_NONE" -H "$json" -d '{"segment_id":"seg_2","top_k":1}'
call "$api/search/suggestions?q=go" -H "X-API-Key: $KEY_NONE"
