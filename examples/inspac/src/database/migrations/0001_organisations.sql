-- Whose data it is, who administers it, and how its keys use their scopes. The keys are the keyring's table.
CREATE TABLE organisations (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

-- Signed-in administrators. As with keys, only a digest of the secret is kept.
CREATE TABLE admin_sessions (
    digest           BLOB PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
    email            TEXT NOT NULL,
    expires_at       TEXT NOT NULL
) STRICT;

-- When a scope of a key last opened a call. Not more often than once a minute.
CREATE TABLE scope_uses (
    key_id        TEXT NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    scope         TEXT NOT NULL,
    last_used_at  TEXT NOT NULL,
    PRIMARY KEY (key_id, scope)
) STRICT, WITHOUT ROWID;
