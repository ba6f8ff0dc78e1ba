# Scope requirements: most creations need `write`
. ../support.sh

for path in indexes indexes/idx_sports/videos prompts runs connectors jobs webhooks; do
  call "$api/$path" -H "$read" -H "$json" -d '{}'
done
call "$api/indexes" -H "$write" -H "$json" -d '{"name":"Night archive","description":"After midnight."}'
call "$api/indexes/idx_night_archive/videos" -H "$write" -H "$json" \
  -d '{"title":"Fox","source_uri":"s3://acme/night/fox.mp4","segments":[{"starts_seconds":3,"ends_seconds":9.5,"text":"A fox crosses the yard."}]}'
