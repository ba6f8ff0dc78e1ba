# Example: search: the example call, with the key, body and index of the document
. ../support.sh

call "$api/indexes/idx_archive/search" \
  -H "X-API-Key: $KEY_SEARCH" \
  -H "Content-Type: application/json" \
  -d '{
    "query": "reporter at station entrance",
    "top_k": 10
  }'
