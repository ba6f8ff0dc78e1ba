-- One schedule of everything that has a date: work orders that are due and inspection runs that are planned.
CREATE TABLE occurrences (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    kind             TEXT NOT NULL CHECK (kind IN ('work', 'inspection')),
    title            TEXT NOT NULL,
    work_id          INTEGER UNIQUE,
    run_id           INTEGER UNIQUE,
    due_at           TEXT NOT NULL,
    status           TEXT NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'in_progress', 'done', 'skipped')),
    UNIQUE (organisation_id, id),
    CHECK ((kind = 'work') = (work_id IS NOT NULL) AND (kind = 'inspection') = (run_id IS NOT NULL)),
    FOREIGN KEY (organisation_id, work_id) REFERENCES works (organisation_id, id),
    FOREIGN KEY (organisation_id, run_id) REFERENCES runs (organisation_id, id)
) STRICT;

CREATE INDEX occurrences_by_date ON occurrences (organisation_id, due_at);

-- The obligations (a law, a contract, a warranty) that an occurrence fulfils.
CREATE TABLE obligation_links (
    occurrence_id  INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    obligation     TEXT NOT NULL,
    PRIMARY KEY (occurrence_id, obligation)
) STRICT, WITHOUT ROWID;

-- A file on its way to a row: announced, then its bytes, then completed. Completed ones are the attachments.
CREATE TABLE uploads (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    file_name        TEXT NOT NULL,
    content_type     TEXT NOT NULL,
    bytes            INTEGER NOT NULL CHECK (bytes > 0),
    issue_id         INTEGER,
    work_id          INTEGER,
    run_id           INTEGER,
    state            TEXT NOT NULL DEFAULT 'announced' CHECK (state IN ('announced', 'uploaded', 'completed')),
    sha256           TEXT,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    completed_at     TEXT,
    UNIQUE (organisation_id, id),
    CHECK ((issue_id IS NOT NULL) + (work_id IS NOT NULL) + (run_id IS NOT NULL) = 1),
    CHECK ((state = 'announced') = (sha256 IS NULL)),
    FOREIGN KEY (organisation_id, issue_id) REFERENCES issues (organisation_id, id),
    FOREIGN KEY (organisation_id, work_id) REFERENCES works (organisation_id, id),
    FOREIGN KEY (organisation_id, run_id) REFERENCES runs (organisation_id, id)
) STRICT;

CREATE TABLE subscriptions (
    id               INTEGER PRIMARY KEY,
    organisation_id  INTEGER NOT NULL REFERENCES organisations (id),
    trigger          TEXT NOT NULL,
    target_url       TEXT NOT NULL,
    created_at       TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (organisation_id, trigger, target_url)
) STRICT;

-- What the integration platform fetches and posts to the subscribers. Written with the change that fired the trigger,
-- in its transaction, so that there is neither a message without a change nor the other way round.
CREATE TABLE outbox (
    id               INTEGER PRIMARY KEY,
    subscription_id  INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    payload          TEXT NOT NULL CHECK (json_valid(payload)),
    queued_at        TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;
