# Available scopes: the full list of scopes, and the operations they protect, is in the interactive reference
. ../support.sh

curl -sS -i "$BASE/openapi.yaml" | sed -n -e '1,/^.$/p' -e '/^  \/v1\/calendar\/events:/,/^  \/v1\/calendar\/events.ics:/p'
echo "> the page"
curl -sS "$BASE/reference" | grep -A 3 '<th scope="row"><code>media:write</code>'
