# Available scopes: `integrations:read`: the catalogues of actions, triggers and subscriptions are listed; `integrations:write`: trigger subscriptions are created and deleted
. ../support.sh

reader=$(key_with integrations:read)
writer=$(key_with integrations:write)
call "$reader" GET /v1/integrations/actions
call "$reader" GET /v1/integrations/triggers
call "$reader" GET /v1/integrations/subscriptions
call "$reader" POST /v1/integrations/subscriptions '{"trigger":"run.completed","target_url":"https://automation.example/hooks/2"}'
call "$writer" POST /v1/integrations/subscriptions '{"trigger":"run.completed","target_url":"https://automation.example/hooks/2"}'
call "$writer" DELETE /v1/integrations/subscriptions/1
call "$writer" GET /v1/integrations/subscriptions
