# Common combinations: Full Fleet Management: six write scopes read and write everything

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"TMS","bundle":"full-fleet-management"}'
curl -sS -i "$BASE/api/third-party/v1/vehicle-fields/1/vehicles?limit=1" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT"
curl -sS -i -X DELETE "$BASE/api/third-party/v1/driver-assignments/1" -H "Authorization: Bearer $KEY_FULL_FLEET_MANAGEMENT"
