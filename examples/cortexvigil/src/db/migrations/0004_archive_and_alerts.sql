-- What is kept and what is told: recordings, clips, alert rules, alerts, deliveries.

CREATE TABLE recordings (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    camera_id       INTEGER,
    starts_at       TEXT NOT NULL,
    ends_at         TEXT NOT NULL,
    keep_until      TEXT NOT NULL,
    file            TEXT NOT NULL,
    bytes           INTEGER NOT NULL,
    sha256          TEXT NOT NULL,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, camera_id) REFERENCES cameras (organisation_id, id),
    CHECK (starts_at < ends_at)
) STRICT;

CREATE TABLE retention_overrides (
    recording_id    INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL,
    keep_until      TEXT NOT NULL,
    reason          TEXT NOT NULL,
    set_by          TEXT NOT NULL,
    set_at          TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (organisation_id, recording_id) REFERENCES recordings (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE clips (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    recording_id    INTEGER NOT NULL,
    starts_at       TEXT NOT NULL,
    ends_at         TEXT NOT NULL,
    status          TEXT NOT NULL DEFAULT 'queued',
    file            TEXT,
    bytes           INTEGER,
    error           TEXT,
    requested_by    TEXT NOT NULL,
    requested_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at     TEXT,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, recording_id) REFERENCES recordings (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX clips_waiting ON clips (id) WHERE status = 'queued';

CREATE TABLE alert_rules (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    name             TEXT NOT NULL,
    event_kind       TEXT NOT NULL,
    minimum_severity TEXT NOT NULL,
    area_id          INTEGER,
    channel          TEXT NOT NULL,
    target           TEXT NOT NULL,
    enabled          INTEGER NOT NULL DEFAULT 1,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, name),
    FOREIGN KEY (organisation_id, area_id) REFERENCES areas (organisation_id, id)
) STRICT;

CREATE TABLE alerts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    rule_id         INTEGER,
    event_id        INTEGER,
    title           TEXT NOT NULL,
    message         TEXT,
    severity        TEXT NOT NULL,
    status          TEXT NOT NULL DEFAULT 'open',
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    acknowledged_at TEXT,
    acknowledged_by TEXT,
    resolved_at     TEXT,
    resolved_by     TEXT,
    resolution      TEXT,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, rule_id) REFERENCES alert_rules (organisation_id, id),
    FOREIGN KEY (organisation_id, event_id) REFERENCES events (organisation_id, id)
) STRICT;

CREATE TABLE deliveries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL,
    alert_id        INTEGER NOT NULL,
    channel         TEXT NOT NULL,
    target          TEXT NOT NULL,
    status          TEXT NOT NULL DEFAULT 'queued',
    file            TEXT,
    bytes           INTEGER,
    error           TEXT,
    queued_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at     TEXT,
    FOREIGN KEY (organisation_id, alert_id) REFERENCES alerts (organisation_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX deliveries_waiting ON deliveries (id) WHERE status = 'queued';
CREATE INDEX deliveries_by_alert ON deliveries (alert_id);

CREATE TRIGGER cameras_leave_recordings BEFORE DELETE ON cameras BEGIN
    UPDATE recordings SET camera_id = NULL WHERE camera_id = OLD.id;
END;

CREATE TRIGGER alert_rules_leave BEFORE DELETE ON alert_rules BEGIN
    UPDATE alerts SET rule_id = NULL WHERE rule_id = OLD.id;
END;
