# Available scopes: a scope is spelled resource, colon, action: nothing else is a scope
. ../support.sh

for scope in read:issues issues issues:delete ISSUES:READ "issues:read " "issues:*"; do
  call "$SESSION_ADMIN" POST /v1/organization/keys "{\"name\":\"x\",\"scopes\":[\"$scope\"]}"
done
