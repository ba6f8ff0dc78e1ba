# API key lifecycle: the list shows every key, masked
. ../support.sh

call "$api/api-keys" -H "Authorization: Bearer $JWT_OTHER_WORKSPACE"
