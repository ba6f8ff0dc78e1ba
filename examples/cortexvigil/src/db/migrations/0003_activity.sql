-- What happens on a site: faces, events, attendance.

CREATE TABLE faces (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    external_id     TEXT,
    enrolled_by     TEXT NOT NULL,
    enrolled_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, external_id)
) STRICT;

CREATE TABLE face_samples (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    face_id         INTEGER NOT NULL,
    media_type      TEXT NOT NULL,
    sha256          TEXT NOT NULL,
    image           BLOB NOT NULL,
    UNIQUE (face_id, sha256),
    FOREIGN KEY (organisation_id, face_id) REFERENCES faces (organisation_id, id) ON DELETE CASCADE
) STRICT;

-- Samples without their pictures.
CREATE VIEW face_sample_facts AS
SELECT id, organisation_id, face_id, media_type, sha256, length(image) AS bytes FROM face_samples;

CREATE TABLE events (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    camera_id       INTEGER,
    area_id         INTEGER,
    face_id         INTEGER,
    kind            TEXT NOT NULL,
    severity        TEXT NOT NULL,
    source          TEXT NOT NULL,
    summary         TEXT,
    metadata        TEXT NOT NULL DEFAULT '{}',
    occurred_at     TEXT NOT NULL,
    acknowledged_at TEXT,
    acknowledged_by TEXT,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, camera_id) REFERENCES cameras (organisation_id, id),
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id),
    FOREIGN KEY (organisation_id, face_id) REFERENCES faces (organisation_id, id)
) STRICT;

CREATE INDEX events_by_time ON events (organisation_id, occurred_at);
CREATE INDEX events_by_camera ON events (camera_id);
CREATE INDEX events_by_face ON events (face_id);

CREATE TABLE detections (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    event_id        INTEGER NOT NULL,
    label           TEXT NOT NULL,
    confidence      REAL NOT NULL,
    x               REAL NOT NULL,
    y               REAL NOT NULL,
    width           REAL NOT NULL,
    height          REAL NOT NULL,
    FOREIGN KEY (organisation_id, event_id) REFERENCES events (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX detections_by_event ON detections (event_id);

CREATE TABLE annotations (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    event_id        INTEGER NOT NULL,
    author          TEXT NOT NULL,
    text            TEXT NOT NULL,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (organisation_id, event_id) REFERENCES events (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX annotations_by_event ON annotations (event_id);

CREATE TABLE attendance_configs (
    area_id         INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL,
    enabled         INTEGER NOT NULL,
    grace_minutes   INTEGER NOT NULL,
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE attendance_slots (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    area_id         INTEGER NOT NULL,
    name            TEXT NOT NULL,
    starts_at       TEXT NOT NULL,
    ends_at         TEXT NOT NULL,
    UNIQUE (area_id, name),
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id) ON DELETE CASCADE,
    CHECK (starts_at < ends_at)
) STRICT;

CREATE TABLE punches (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    face_id         INTEGER NOT NULL,
    area_id         INTEGER NOT NULL,
    event_id        INTEGER,
    direction       TEXT NOT NULL,
    punched_at      TEXT NOT NULL,
    FOREIGN KEY (organisation_id, face_id) REFERENCES faces (organisation_id, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id),
    FOREIGN KEY (organisation_id, event_id) REFERENCES events (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX punches_by_face ON punches (organisation_id, face_id, area_id, punched_at);

-- A record is a stay: an entry, and the exit that follows it in the same area, if there was one.
CREATE VIEW attendance_records AS
WITH stays AS (
    SELECT
        id, organisation_id, face_id, area_id, direction, punched_at,
        lead(direction) OVER following AS next_direction,
        lead(punched_at) OVER following AS next_at
    FROM punches
    WINDOW following AS (PARTITION BY organisation_id, face_id, area_id ORDER BY punched_at, id)
),
planned AS (
    SELECT *, (
        SELECT id FROM attendance_slots
        WHERE area_id = stays.area_id AND ends_at > strftime('%H:%M', stays.punched_at)
        ORDER BY starts_at LIMIT 1
    ) AS slot_id
    FROM stays
    WHERE direction = 'entry'
)
SELECT
    p.id, p.organisation_id, p.face_id, p.area_id, p.slot_id,
    date(p.punched_at) AS date,
    p.punched_at AS entered_at,
    CASE WHEN p.next_direction = 'exit' THEN p.next_at END AS left_at,
    CASE WHEN p.next_direction = 'exit'
        THEN CAST(round((julianday(p.next_at) - julianday(p.punched_at)) * 86400) AS INTEGER)
    END AS seconds_present,
    coalesce(
        strftime('%H:%M', p.punched_at)
            > strftime('%H:%M', s.starts_at, '+' || coalesce(c.grace_minutes, 0) || ' minutes'),
        0
    ) AS late
FROM planned AS p
LEFT JOIN attendance_slots AS s ON s.id = p.slot_id
LEFT JOIN attendance_configs AS c ON c.area_id = p.area_id;

CREATE VIEW daily_summaries AS
SELECT
    min(id) AS id, organisation_id, face_id, date,
    min(entered_at) AS first_entered_at,
    max(left_at) AS last_left_at,
    count(*) AS stays,
    coalesce(sum(seconds_present), 0) AS seconds_present,
    max(late) AS late
FROM attendance_records
GROUP BY organisation_id, face_id, date;

CREATE TRIGGER cameras_leave_events BEFORE DELETE ON cameras BEGIN
    UPDATE events SET camera_id = NULL WHERE camera_id = OLD.id;
END;

CREATE TRIGGER areas_leave_events BEFORE DELETE ON areas BEGIN
    UPDATE events SET area_id = NULL WHERE area_id = OLD.id;
END;

CREATE TRIGGER faces_leave_events BEFORE DELETE ON faces BEGIN
    UPDATE events SET face_id = NULL WHERE face_id = OLD.id;
END;
