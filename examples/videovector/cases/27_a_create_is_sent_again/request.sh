# Request headers: `Idempotency-Key`: a creation is sent again safely
. ../support.sh

for again in 1 2; do
  call "$api/prompts" -H "$write" -H "Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324" -H "$json" \
    -d '{"name":"Once","text":"once"}'
done
call "$api/prompts?name=Once" -H "$read"
