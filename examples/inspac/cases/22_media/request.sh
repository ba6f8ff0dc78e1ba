# Available scopes: `media:write`: an attachment is uploaded and completed, and shown with what it is attached to
. ../support.sh

writer=$(key_with media:write)
picture=$(mktemp)
printf 'not much of a picture' > "$picture"
call "$writer" POST /v1/media/uploads '{"attach_to":"issue","id":1,"file_name":"oil.jpg","content_type":"image/jpeg","bytes":21}'
call "$writer" POST /v1/media/uploads/1/complete '{"sha256":"0"}'
echo "> PUT /v1/media/uploads/1/content"
curl -sS -i -X PUT "$BASE/v1/media/uploads/1/content" -H "Authorization: Bearer $writer" --data-binary "@$picture"
echo
call "$writer" POST /v1/media/uploads/1/complete '{"sha256":"0"}'
call "$writer" POST /v1/media/uploads/1/complete "{\"sha256\":\"$(sha256sum "$picture" | cut -d ' ' -f 1)\"}"
call "$writer" GET /v1/issues/1
call "$(key_with issues:read)" GET /v1/issues/1
rm "$picture"
