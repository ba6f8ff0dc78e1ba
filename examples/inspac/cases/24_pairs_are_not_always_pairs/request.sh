# Available scopes: `calendar` is only read and `media` only written: there is no `calendar:write` and no `media:read`
. ../support.sh

for scope in calendar:write media:read; do
  call "$SESSION_ADMIN" POST /v1/organization/keys "{\"name\":\"x\",\"scopes\":[\"$scope\"]}"
done
