# Scope requirements: most updates need `write`
. ../support.sh

for path in indexes/idx_sports prompts/prm_1 connectors/con_1 webhooks/whk_1; do
  call -X PATCH "$api/$path" -H "$read" -H "$json" -d '{}'
done
call -X PATCH "$api/indexes/idx_sports" -H "$write" -H "$json" -d '{"description":"Finals only."}'
call -X PATCH "$api/prompts/prm_1" -H "$write" -H "$json" -d '{"text":"reporter platform"}'
call -X PATCH "$api/connectors/con_2" -H "$write" -H "$json" -d '{"state":"active"}'
call -X PATCH "$api/webhooks/whk_1" -H "$write" -H "$json" -d '{"events":[]}'
