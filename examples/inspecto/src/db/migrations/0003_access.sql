-- Who may call, and who changed what.

-- The scopes of a key are set when it is created. Whoever needs others creates a new key: no statement of any program
-- gets past these three.
CREATE TRIGGER api_key_scopes_stay
BEFORE UPDATE OF id, owner, scopes ON api_keys
BEGIN
    SELECT RAISE(ABORT, 'the scopes of an API key cannot be changed: create a new key');
END;

CREATE TRIGGER api_keys_are_not_replaced
BEFORE INSERT ON api_keys
WHEN EXISTS (SELECT 1 FROM api_keys WHERE id = NEW.id OR digest = NEW.digest)
BEGIN
    SELECT RAISE(ABORT, 'an API key cannot be replaced: create a new key');
END;

CREATE TRIGGER api_keys_are_not_deleted
BEFORE DELETE ON api_keys
BEGIN
    SELECT RAISE(ABORT, 'an API key cannot be deleted: revoke it');
END;

-- Sessions of administrators. The secret itself is never stored.
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    administrator TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    opened_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    expires_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;

-- One row for each call that was let in by a scope whose use is audited, written before the call takes effect.
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    occurred_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    method TEXT NOT NULL,
    route TEXT NOT NULL,
    mode TEXT NOT NULL,
    api_key_id TEXT,
    scopes TEXT NOT NULL CHECK (json_valid(scopes))
) STRICT;

CREATE INDEX audit_log_by_key ON audit_log (api_key_id, id);

CREATE TRIGGER audit_log_stays
BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

CREATE TRIGGER audit_log_is_not_deleted
BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;
