-- What stands on a site: areas, zones, cameras, sensors.
--
-- Every reference carries the organisation with it, so that a row can never point into another organisation.
-- A reference that may outlive its target is cleared by a trigger: `ON DELETE SET NULL` would clear the organisation too.

CREATE TABLE areas (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    site_id         INTEGER NOT NULL,
    name            TEXT NOT NULL,
    floor           INTEGER,
    pin_x           REAL,
    pin_y           REAL,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, site_id, id),
    UNIQUE (site_id, name),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id),
    CHECK ((pin_x IS NULL) = (pin_y IS NULL))
) STRICT;

CREATE TABLE zones (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    area_id         INTEGER NOT NULL,
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    polygon         TEXT NOT NULL,
    metadata        TEXT NOT NULL DEFAULT '{}',
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (area_id, name),
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id)
) STRICT;

CREATE TABLE cameras (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    site_id         INTEGER NOT NULL,
    area_id         INTEGER,
    name            TEXT NOT NULL,
    model           TEXT,
    direction       TEXT NOT NULL DEFAULT 'none',
    enabled         INTEGER NOT NULL DEFAULT 1,
    device_serial   TEXT UNIQUE,
    paired_at       TEXT,
    paired          INTEGER NOT NULL AS (device_serial IS NOT NULL),
    capabilities    TEXT,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (site_id, name),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id, area_id) REFERENCES areas (organisation_id, site_id, id),
    CHECK ((device_serial IS NULL) = (paired_at IS NULL))
) STRICT;

CREATE INDEX cameras_by_area ON cameras (area_id);

CREATE TABLE sensors (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    site_id         INTEGER NOT NULL,
    area_id         INTEGER,
    zone_id         INTEGER,
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL,
    unit            TEXT NOT NULL,
    config          TEXT NOT NULL,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (site_id, name),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id, area_id) REFERENCES areas (organisation_id, site_id, id),
    FOREIGN KEY (organisation_id, zone_id) REFERENCES zones (organisation_id, id)
) STRICT;

CREATE TABLE readings (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    sensor_id       INTEGER NOT NULL,
    value           REAL NOT NULL,
    measured_at     TEXT NOT NULL,
    FOREIGN KEY (organisation_id, sensor_id) REFERENCES sensors (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX readings_by_sensor ON readings (sensor_id, measured_at DESC, id DESC);

CREATE VIEW latest_readings AS
SELECT r.id, r.organisation_id, r.sensor_id, s.site_id, s.kind, s.unit, r.value, r.measured_at
FROM sensors AS s
JOIN readings AS r ON r.id = (
    SELECT id FROM readings WHERE sensor_id = s.id ORDER BY measured_at DESC, id DESC LIMIT 1
);

CREATE TRIGGER areas_leave BEFORE DELETE ON areas BEGIN
    UPDATE cameras SET area_id = NULL WHERE area_id = OLD.id;
    UPDATE sensors SET area_id = NULL WHERE area_id = OLD.id;
END;

CREATE TRIGGER zones_leave BEFORE DELETE ON zones BEGIN
    UPDATE sensors SET zone_id = NULL WHERE zone_id = OLD.id;
END;
