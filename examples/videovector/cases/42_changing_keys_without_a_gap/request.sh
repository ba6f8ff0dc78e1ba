# Related documentation: keys are created, scoped and rotated without breaking an integration: the new one works before the old one ends
. ../support.sh

old=$(new_key '["search"]')
new=$(new_key '["search"]')
call "$api/search/suggestions?q=pol" -H "X-API-Key: $(field secret "$old")"
call "$api/search/suggestions?q=pol" -H "X-API-Key: $(field secret "$new")"
call -X POST "$api/api-keys/$(field id "$old")/revoke" -H "$session"
call "$api/search/suggestions?q=pol" -H "X-API-Key: $(field secret "$old")"
call "$api/search/suggestions?q=pol" -H "X-API-Key: $(field secret "$new")"
