# Scope requirements: destructive deletes need `admin`
. ../support.sh

for path in indexes/idx_sports indexes/idx_archive/videos/vid_1 prompts/prm_3 connectors/con_1 webhooks/whk_1; do
  call -X DELETE "$api/$path" -H "$write"
done
call -X DELETE "$api/indexes/idx_archive/videos/vid_1" -H "$admin"
call -X DELETE "$api/connectors/con_1" -H "$admin"
call -X DELETE "$api/webhooks/whk_1" -H "$admin"
call -X DELETE "$api/indexes/idx_sports" -H "$admin"
call -X DELETE "$api/prompts/prm_2" -H "$admin"
call -X DELETE "$api/prompts/prm_3" -H "$admin"
