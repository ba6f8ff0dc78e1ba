-- Workspaces and what they have recorded: indexes, their videos, and the segments that are searched.

CREATE TABLE workspaces (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE indexes (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace   TEXT NOT NULL REFERENCES workspaces (id),
    id          TEXT NOT NULL,
    name        TEXT NOT NULL,
    description TEXT,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (workspace, id)
) STRICT;

CREATE TABLE videos (
    n                INTEGER PRIMARY KEY AUTOINCREMENT,
    id               TEXT GENERATED ALWAYS AS ('vid_' || n) VIRTUAL UNIQUE,
    workspace        TEXT NOT NULL,
    index_id         TEXT NOT NULL,
    title            TEXT NOT NULL,
    source_uri       TEXT NOT NULL,
    duration_seconds REAL NOT NULL,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (workspace, index_id) REFERENCES indexes (workspace, id) ON DELETE CASCADE,
    UNIQUE (workspace, index_id, source_uri)
) STRICT;

CREATE TABLE segments (
    n              INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT GENERATED ALWAYS AS ('seg_' || n) VIRTUAL UNIQUE,
    workspace      TEXT NOT NULL,
    index_id       TEXT NOT NULL,
    video_n        INTEGER NOT NULL REFERENCES videos (n) ON DELETE CASCADE,
    starts_seconds REAL NOT NULL,
    ends_seconds   REAL NOT NULL CHECK (ends_seconds >= starts_seconds),
    text           TEXT NOT NULL
) STRICT;

CREATE INDEX segments_by_video ON segments (video_n, starts_seconds);

-- What is said and seen, by word. The text itself stays in `segments`.
CREATE VIRTUAL TABLE segment_words USING fts5 (
    text, content = 'segments', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE segment_terms USING fts5vocab ('segment_words', 'instance');

CREATE TRIGGER segments_added AFTER INSERT ON segments BEGIN
    INSERT INTO segment_words (rowid, text) VALUES (new.n, new.text);
END;

CREATE TRIGGER segments_removed AFTER DELETE ON segments BEGIN
    INSERT INTO segment_words (segment_words, rowid, text) VALUES ('delete', old.n, old.text);
END;
