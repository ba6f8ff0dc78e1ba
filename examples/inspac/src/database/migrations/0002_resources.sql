-- Everything keys read and write. Every row belongs to one organisation, and so does what it refers to: a reference is
-- to the pair (organisation_id, id), so that no key can point at another organisation's rows.
CREATE TABLE sites (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    name             TEXT NOT NULL,
    address          TEXT,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, name)
) STRICT;

CREATE TABLE users (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    name             TEXT NOT NULL,
    email            TEXT NOT NULL,
    active           INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, email)
) STRICT;

CREATE TABLE assets (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    site_id          INTEGER NOT NULL,
    name             TEXT NOT NULL,
    serial           TEXT,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id)
) STRICT;

CREATE TABLE issues (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    title            TEXT NOT NULL,
    description      TEXT,
    status           TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'resolved')),
    site_id          INTEGER,
    asset_id         INTEGER,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id),
    FOREIGN KEY (organisation_id, asset_id) REFERENCES assets (organisation_id, id)
) STRICT;

CREATE TABLE works (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    title            TEXT NOT NULL,
    status           TEXT NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'started', 'done', 'cancelled')),
    issue_id         INTEGER,
    assignee_id      INTEGER,
    due_at           TEXT,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, issue_id) REFERENCES issues (organisation_id, id),
    FOREIGN KEY (organisation_id, assignee_id) REFERENCES users (organisation_id, id)
) STRICT;

CREATE TABLE checkins (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    site_id          INTEGER NOT NULL,
    user_id          INTEGER NOT NULL,
    checked_in_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    checked_out_at   TEXT CHECK (checked_out_at >= checked_in_at),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id),
    FOREIGN KEY (organisation_id, user_id) REFERENCES users (organisation_id, id)
) STRICT;

CREATE TABLE templates (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    name             TEXT NOT NULL,
    -- The questions of the inspection, as a JSON array of texts.
    questions        TEXT NOT NULL CHECK (json_valid(questions)),
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, name)
) STRICT;

CREATE TABLE runs (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    template_id      INTEGER NOT NULL,
    site_id          INTEGER NOT NULL,
    status           TEXT NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'started', 'completed')),
    -- Question to answer, as a JSON object.
    answers          TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(answers)),
    scheduled_for    TEXT,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, template_id) REFERENCES templates (organisation_id, id),
    FOREIGN KEY (organisation_id, site_id) REFERENCES sites (organisation_id, id)
) STRICT;

CREATE TABLE logs (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    text             TEXT NOT NULL,
    author           TEXT NOT NULL,
    issue_id         INTEGER,
    work_id          INTEGER,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, issue_id) REFERENCES issues (organisation_id, id),
    FOREIGN KEY (organisation_id, work_id) REFERENCES works (organisation_id, id)
) STRICT;

CREATE TABLE readings (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    sensor           TEXT NOT NULL,
    asset_id         INTEGER,
    value            REAL NOT NULL,
    unit             TEXT NOT NULL,
    measured_at      TEXT NOT NULL,
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, sensor, measured_at),
    FOREIGN KEY (organisation_id, asset_id) REFERENCES assets (organisation_id, id)
) STRICT;
