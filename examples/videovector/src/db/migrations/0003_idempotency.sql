-- Answers to writes that carried an `Idempotency-Key`. Neither that key nor an answer can be read out of this table:
-- see src/idempotency/seal.rs.
CREATE TABLE idempotent_answers (
    -- Whose request it was, and by which key: a digest of both.
    slot        BLOB PRIMARY KEY,
    -- What was asked: a digest of method, target and body.
    fingerprint BLOB NOT NULL,
    answer      BLOB NOT NULL,
    created_at  TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotent_answers_by_age ON idempotent_answers (created_at);
