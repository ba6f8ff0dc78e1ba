# Scope hierarchy: write access brings read access for that resource, and for no other

curl -sS -i "$BASE/api/third-party/v1/damages" -H "Authorization: Bearer $KEY_VEHICLES_WRITE"
curl -sS -i "$BASE/api/third-party/v1/inspection-templates" -H "Authorization: Bearer $KEY_INSPECTIONS_WRITE"
curl -sS -i "$BASE/api/third-party/v1/vehicles" -H "Authorization: Bearer $KEY_VEHICLE_GROUPS_WRITE"
