-- Organisations, their sites and the External Apps that call the API on their behalf.

CREATE TABLE organisations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE sites (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    address         TEXT,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, id),
    UNIQUE (organisation_id, name)
) STRICT;

CREATE TABLE external_apps (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id INTEGER NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    description     TEXT,
    created_at      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, name)
) STRICT;

CREATE TABLE app_scopes (
    app_id INTEGER NOT NULL REFERENCES external_apps (id) ON DELETE CASCADE,
    scope  TEXT NOT NULL,
    PRIMARY KEY (app_id, scope)
) STRICT, WITHOUT ROWID;

-- Secrets are 256 random bits, so a plain SHA-256 can be neither guessed nor looked up in a table of common secrets.
CREATE TABLE api_keys (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    app_id      INTEGER NOT NULL REFERENCES external_apps (id) ON DELETE CASCADE,
    label       TEXT NOT NULL,
    hint        TEXT NOT NULL,
    secret_hash BLOB NOT NULL UNIQUE,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    rotated_at  TEXT,
    revoked_at  TEXT
) STRICT;

CREATE INDEX api_keys_by_app ON api_keys (app_id);

CREATE TABLE key_scopes (
    key_id INTEGER NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    scope  TEXT NOT NULL,
    PRIMARY KEY (key_id, scope)
) STRICT, WITHOUT ROWID;
