# Common combinations: Read-Only Integration: seven read scopes, for dashboards, reporting and analytics

make() {
  curl -sS -i -X POST "$BASE/api/admin/v1/api-keys" -H "Authorization: Bearer $ADMIN_SESSION" -H 'Content-Type: application/json' -d "$1"
}

make '{"name":"Wall display","bundle":"read-only"}'
curl -sS -i "$BASE/api/third-party/v1/vehicle-groups/3" -H "Authorization: Bearer $KEY_READ_ONLY"
curl -sS -i "$BASE/api/third-party/v1/inspections?limit=1" -H "Authorization: Bearer $KEY_READ_ONLY"
