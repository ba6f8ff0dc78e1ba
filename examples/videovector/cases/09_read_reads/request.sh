# Scope model: `read`: workflow resources are read and results inspected
. ../support.sh

call "$api/runs/run_1" -H "$read"
call "$api/runs/run_1/results" -H "$read"
call -X POST "$api/runs/run_2/cancel" -H "$read"
