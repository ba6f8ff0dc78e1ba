-- Sessions of the Admin UI. Only the digest of a session's secret is kept.

CREATE TABLE admin_sessions (
    secret_hash BLOB PRIMARY KEY CHECK (length(secret_hash) = 32),
    expires_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
