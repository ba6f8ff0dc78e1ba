# Least-privilege guidance: a reporting integration has read scopes only: it changes nothing
. ../support.sh

call "$KEY_REPORTING" GET "/v1/issues?status=open"
call "$KEY_REPORTING" GET "/v1/sensors/readings?sensor=cold-store-air&limit=1"
call "$KEY_REPORTING" PATCH /v1/issues/1 '{"status":"resolved"}'
call "$KEY_REPORTING" PATCH /v1/works/1 '{"status":"cancelled"}'
