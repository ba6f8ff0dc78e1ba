# Scope requirements: most `GET`s of workflow resources need `read`
. ../support.sh

for path in indexes indexes/idx_sports/videos prompts runs connectors jobs webhooks webhooks/whk_1/deliveries; do
  call "$api/$path?limit=1" -H "$read"
  call "$api/$path?limit=1" -H "$search"
done
