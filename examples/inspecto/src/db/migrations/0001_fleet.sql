-- Vehicles and what is kept about each of them.

CREATE TABLE vehicle_groups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    description TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE vehicles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    registration TEXT NOT NULL UNIQUE,
    vin TEXT UNIQUE,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    year INTEGER NOT NULL,
    odometer_km INTEGER NOT NULL CHECK (odometer_km >= 0),
    group_id INTEGER REFERENCES vehicle_groups (id),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX vehicles_by_group ON vehicles (group_id);

-- Fields an administrator adds to every vehicle. `settings` says what a value must be and when it needs attention.
CREATE TABLE vehicle_fields (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice')),
    settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings))
) STRICT;

-- Values are JSON, so that a number stays one.
CREATE TABLE vehicle_field_values (
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id) ON DELETE CASCADE,
    field_id INTEGER NOT NULL REFERENCES vehicle_fields (id) ON DELETE CASCADE,
    value TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (vehicle_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW vehicle_rows AS
SELECT
    v.*,
    (
        SELECT json_group_object(f.key, json(x.value) ORDER BY f.key)
        FROM vehicle_field_values AS x
        JOIN vehicle_fields AS f ON f.id = x.field_id
        WHERE x.vehicle_id = v.id
    ) AS fields
FROM vehicles AS v;

CREATE TABLE odometer_readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id) ON DELETE CASCADE,
    odometer_km INTEGER NOT NULL CHECK (odometer_km >= 0),
    read_at TEXT NOT NULL
) STRICT;

CREATE INDEX odometer_readings_by_vehicle ON odometer_readings (vehicle_id, read_at);

CREATE TABLE vehicle_documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('registration', 'insurance', 'permit')),
    number TEXT NOT NULL,
    valid_until TEXT,
    UNIQUE (vehicle_id, kind, number)
) STRICT;

CREATE TABLE driver_assignments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id),
    driver_name TEXT NOT NULL,
    driver_reference TEXT,
    starts_at TEXT NOT NULL,
    ends_at TEXT CHECK (ends_at > starts_at),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX driver_assignments_by_vehicle ON driver_assignments (vehicle_id, starts_at);
