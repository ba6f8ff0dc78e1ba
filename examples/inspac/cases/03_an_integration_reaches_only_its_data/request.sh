# Scopes: least privilege: an integration reaches the data it needs and no other, least of all another organisation's
. ../support.sh

call "$KEY_OTHER_ORGANISATION" GET /v1/issues
call "$KEY_OTHER_ORGANISATION" GET /v1/issues/1
call "$KEY_OTHER_ORGANISATION" PATCH /v1/issues/1 '{"status":"resolved"}'
call "$KEY_OTHER_ORGANISATION" POST /v1/assets '{"site_id":1,"name":"Not on your site"}'
