# Scope model: the scopes are enforced for a session, too: those of its token's claim `scope`
. ../support.sh

call "$api/search/suggestions?q=pol" -H "Authorization: Bearer $JWT_SEARCH"
call "$api/prompts/prm_1" -H "Authorization: Bearer $JWT_SEARCH"
call "$api/search/suggestions?q=pol" -H "Authorization: Bearer $JWT_NO_SCOPE"
