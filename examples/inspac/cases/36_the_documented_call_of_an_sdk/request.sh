# Scopes and SDKs: creating an issue with a key that lacks `issues:write` is a 403, as the SDK example expects
. ../support.sh

call "$(key_with issues:read)" POST /v1/issues '{"title":"New issue","status":"open"}'
call "$(key_with issues:write)" POST /v1/issues '{"title":"New issue","status":"open"}'
