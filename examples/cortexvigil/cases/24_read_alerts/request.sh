# Available scopes: `read:alerts`: alerts and their delivery history are listed
. ../support.sh

key=$(key_with '["read:alerts"]')
curl -sS -i "$BASE/api/v1/alerts" -H "X-API-Key: $key"
# Messages are sent by a worker in its own time: wait up to ten seconds for this one.
try=0
until [ $try -eq 100 ] || curl -sS "$BASE/api/v1/alerts/1/deliveries" -H "X-API-Key: $key" | grep -q '"done"'; do
  sleep 0.1
  try=$((try + 1))
done
curl -sS -i "$BASE/api/v1/alerts/1/deliveries" -H "X-API-Key: $key"
curl -sS -i -X POST "$BASE/api/v1/alerts/1/acknowledge" -H "X-API-Key: $key"
