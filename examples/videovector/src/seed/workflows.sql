-- Work in every state. What waits, waits for the year 2099, so that it can be looked at and cancelled.

INSERT INTO prompts (n, workspace, name, text) VALUES
    (1, 'acme', 'Station arrivals', 'reporter station entrance'),
    (2, 'acme', 'Goals', 'goal'),
    (3, 'acme', 'Nothing in particular', '…'),
    (4, 'northwind', 'Mergers', 'merger');

INSERT INTO runs (n, workspace, index_id, prompt_id, state, not_before, attempts, error, finished_at) VALUES
    (1, 'acme', 'idx_sports', 'prm_2', 'succeeded', NULL, 1, NULL, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    (2, 'acme', 'idx_archive', 'prm_1', 'queued', '2099-01-01T00:00:00.000Z', 0, NULL, NULL),
    (3, 'acme', 'idx_archive', 'prm_3', 'failed', NULL, 1, 'the query has no word to look for',
     strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    (4, 'northwind', 'idx_archive', 'prm_4', 'queued', '2099-01-01T00:00:00.000Z', 0, NULL, NULL);

INSERT INTO run_results
    (n, workspace, run_id, video_id, segment_id, starts_seconds, ends_seconds, text, score)
VALUES
    (1, 'acme', 'run_1', 'vid_3', 'seg_6', 4020, 4051, 'Goal from a corner kick, the crowd stands up.', 1.25);

INSERT INTO connectors (n, workspace, index_id, name, state, items) VALUES
    (1, 'acme', 'idx_archive', 'Newsroom', 'active', json('[
        {"title": "Evening news, 13 May", "source_uri": "s3://acme/news/1998-05-13.mp4", "segments": []},
        {"title": "Evening news, 14 May", "source_uri": "s3://acme/news/1998-05-14.mp4", "segments": [
            {"starts_seconds": 0, "ends_seconds": 40, "text": "The station is open again, a reporter boards a train."}
        ]}
    ]')),
    (2, 'acme', 'idx_sports', 'Stadium feed', 'paused', json('[]'));

INSERT INTO jobs (n, workspace, kind, index_id, connector_id, state, not_before, attempts, processed, error) VALUES
    (1, 'acme', 'reindex', 'idx_archive', NULL, 'succeeded', NULL, 1, 5, NULL),
    (2, 'acme', 'sync', 'idx_archive', 'con_1', 'queued', '2099-01-01T00:00:00.000Z', 0, NULL, NULL),
    (3, 'acme', 'reindex', 'idx_sports', NULL, 'failed', NULL, 1, NULL, 'the request could not be completed');

INSERT INTO webhooks (n, workspace, url, events, state) VALUES
    (1, 'acme', 'http://127.0.0.1:9/videovector', json('["run.succeeded", "run.failed"]'), 'active');

INSERT INTO deliveries (n, workspace, webhook_n, event, payload, state, status, finished_at) VALUES
    (1, 'acme', 1, 'run.succeeded', json('{"event": "run.succeeded", "id": "run_1"}'), 'succeeded', 204,
     strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

INSERT INTO conversations (n, workspace, index_id, title) VALUES (1, 'acme', 'idx_archive', 'What happened at the station?');

INSERT INTO messages (n, workspace, conversation_n, role, text) VALUES
    (1, 'acme', 1, 'user', 'Who owns the submarine?'),
    (2, 'acme', 1, 'assistant', 'Nothing in this index matches.');
