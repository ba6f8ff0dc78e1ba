-- What is inspected, by which questions, and what was found.

CREATE TABLE inspection_templates (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE,
    description TEXT,
    items TEXT NOT NULL CHECK (json_valid(items)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

-- `items` is the template's list as it was when the inspection began: a template may change under a running one.
CREATE TABLE inspections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id),
    template_id INTEGER NOT NULL REFERENCES inspection_templates (id),
    items TEXT NOT NULL CHECK (json_valid(items)),
    inspector TEXT NOT NULL,
    odometer_km INTEGER CHECK (odometer_km >= 0),
    answers TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
    notes TEXT,
    status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'submitted')),
    performed_at TEXT NOT NULL,
    submitted_at TEXT,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    CHECK ((status = 'submitted') = (submitted_at IS NOT NULL))
) STRICT;

CREATE INDEX inspections_by_vehicle ON inspections (vehicle_id, performed_at);

CREATE TABLE damages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id),
    inspection_id INTEGER REFERENCES inspections (id),
    part TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('cosmetic', 'minor', 'major', 'critical')),
    description TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'repaired')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    updated_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX damages_by_vehicle ON damages (vehicle_id);
