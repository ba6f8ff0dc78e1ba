-- What is done with the recordings: prompts and their runs, connectors and their jobs, webhooks and their deliveries,
-- conversations. `state` is queued -> running -> succeeded | failed, or cancelled before the end.

CREATE TABLE prompts (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT GENERATED ALWAYS AS ('prm_' || n) VIRTUAL UNIQUE,
    workspace  TEXT NOT NULL REFERENCES workspaces (id),
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (workspace, name),
    UNIQUE (workspace, id)
) STRICT;

CREATE TABLE runs (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT GENERATED ALWAYS AS ('run_' || n) VIRTUAL UNIQUE,
    workspace   TEXT NOT NULL,
    index_id    TEXT NOT NULL,
    prompt_id   TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    not_before  TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    error       TEXT,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at TEXT,
    FOREIGN KEY (workspace, index_id) REFERENCES indexes (workspace, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace, prompt_id) REFERENCES prompts (workspace, id)
) STRICT;

CREATE INDEX runs_by_state ON runs (state, n);

CREATE TABLE run_results (
    n              INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT GENERATED ALWAYS AS ('res_' || n) VIRTUAL UNIQUE,
    workspace      TEXT NOT NULL,
    run_id         TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    video_id       TEXT NOT NULL,
    segment_id     TEXT NOT NULL,
    starts_seconds REAL NOT NULL,
    ends_seconds   REAL NOT NULL,
    text           TEXT NOT NULL,
    score          REAL NOT NULL
) STRICT;

CREATE TABLE connectors (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT GENERATED ALWAYS AS ('con_' || n) VIRTUAL UNIQUE,
    workspace  TEXT NOT NULL,
    index_id   TEXT NOT NULL,
    name       TEXT NOT NULL,
    state      TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
    -- The recordings it offers, as a JSON array.
    items      TEXT NOT NULL CHECK (json_valid(items)),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (workspace, index_id) REFERENCES indexes (workspace, id) ON DELETE CASCADE,
    UNIQUE (workspace, name),
    UNIQUE (workspace, id)
) STRICT;

CREATE TABLE jobs (
    n            INTEGER PRIMARY KEY AUTOINCREMENT,
    id           TEXT GENERATED ALWAYS AS ('job_' || n) VIRTUAL UNIQUE,
    workspace    TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('sync', 'reindex')),
    index_id     TEXT NOT NULL,
    connector_id TEXT,
    state        TEXT NOT NULL DEFAULT 'queued'
                 CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    not_before   TEXT,
    attempts     INTEGER NOT NULL DEFAULT 0,
    processed    INTEGER,
    error        TEXT,
    created_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at  TEXT,
    FOREIGN KEY (workspace, index_id) REFERENCES indexes (workspace, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace, connector_id) REFERENCES connectors (workspace, id) ON DELETE CASCADE,
    CHECK ((kind = 'sync') = (connector_id IS NOT NULL))
) STRICT;

CREATE INDEX jobs_by_state ON jobs (state, n);

CREATE TABLE webhooks (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT GENERATED ALWAYS AS ('whk_' || n) VIRTUAL UNIQUE,
    workspace  TEXT NOT NULL REFERENCES workspaces (id),
    url        TEXT NOT NULL,
    -- The names of events, as a JSON array.
    events     TEXT NOT NULL CHECK (json_valid(events)),
    state      TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE deliveries (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT GENERATED ALWAYS AS ('dlv_' || n) VIRTUAL UNIQUE,
    workspace   TEXT NOT NULL,
    webhook_n   INTEGER NOT NULL REFERENCES webhooks (n) ON DELETE CASCADE,
    webhook_id  TEXT GENERATED ALWAYS AS ('whk_' || webhook_n) VIRTUAL,
    event       TEXT NOT NULL,
    payload     TEXT NOT NULL CHECK (json_valid(payload)),
    state       TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'succeeded', 'failed')),
    status      INTEGER,
    error       TEXT,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    finished_at TEXT
) STRICT;

CREATE INDEX deliveries_by_state ON deliveries (state, n);

CREATE TABLE conversations (
    n          INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT GENERATED ALWAYS AS ('cnv_' || n) VIRTUAL UNIQUE,
    workspace  TEXT NOT NULL,
    index_id   TEXT NOT NULL,
    title      TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (workspace, index_id) REFERENCES indexes (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE messages (
    n              INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT GENERATED ALWAYS AS ('msg_' || n) VIRTUAL UNIQUE,
    workspace      TEXT NOT NULL,
    conversation_n INTEGER NOT NULL REFERENCES conversations (n) ON DELETE CASCADE,
    role           TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text           TEXT NOT NULL,
    -- The segments an answer rests on, as a JSON array.
    citations      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(citations)),
    created_at     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
