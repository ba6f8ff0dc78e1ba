# Common combinations: Inspection Submission: for devices that hand in inspections and change no vehicle data

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"Yard tablet","bundle":"inspection-submission"}'
curl -sS -i "$BASE/api/third-party/v1/inspection-templates/2" -H "Authorization: Bearer $KEY_INSPECTION_SUBMISSION"
curl -sS -i -X PUT "$BASE/api/third-party/v1/vehicles/1" -H "Authorization: Bearer $KEY_INSPECTION_SUBMISSION" \
  -H 'Content-Type: application/json' -d '{"registration":"nw-fl 305","make":"Opel","model":"Movano","year":2024,"odometer_km":12,"group_id":2,"fields":{"availability":"on_road"}}'
