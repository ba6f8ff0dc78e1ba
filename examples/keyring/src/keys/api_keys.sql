-- API keys. The secret itself is never stored: 256 random bits, so a plain SHA-256 of it is enough.
CREATE TABLE api_keys (
    id          TEXT PRIMARY KEY,
    -- Whose key it is: a tenant, an organisation, an account. The service says what that means.
    owner       TEXT NOT NULL,
    name        TEXT NOT NULL,
    hint        TEXT NOT NULL,
    digest      BLOB NOT NULL UNIQUE,
    -- The granted words as a sorted JSON array. Only `replace_scopes` of the key store changes them.
    scopes      TEXT NOT NULL CHECK (json_valid(scopes)),
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    expires_at  TEXT,
    rotated_at  TEXT,
    revoked_at  TEXT
) STRICT;

CREATE INDEX api_keys_by_owner ON api_keys (owner, created_at, id);
