# Scope model: `write`: prompts, runs, connectors, jobs, and webhooks are created or updated
. ../support.sh

call "$api/prompts" -H "$write" -H "$json" -d '{"name":"Trains","text":"late trains"}'
call "$api/runs" -H "$write" -H "$json" -d '{"index_id":"idx_archive","prompt_id":"prm_5","not_before":"2099-01-01T00:00:00Z"}'
call "$api/connectors" -H "$write" -H "$json" -d '{"index_id":"idx_sports","name":"Regatta","items":[]}'
call "$api/jobs" -H "$write" -H "$json" -d '{"kind":"reindex","index_id":"idx_sports","not_before":"2099-01-01T00:00:00Z"}'
call "$api/webhooks" -H "$write" -H "$json" -d '{"url":"http://hooks.example/archive","events":["job.failed"]}'
call -X PATCH "$api/webhooks/whk_2" -H "$write" -H "$json" -d '{"state":"paused"}'
call -X DELETE "$api/webhooks/whk_2" -H "$write"
