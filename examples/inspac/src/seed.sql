-- The demonstration's rows. Ids are given, so that requests can name them.
INSERT INTO organisations (id, name) VALUES (1, 'Harbour Facilities'), (2, 'Alpine Elevators');

INSERT INTO sites (id, organisation_id, name, address) VALUES
    (1, 1, 'Pier 4', '4 Harbour Road'),
    (2, 1, 'Cold store', NULL),
    (3, 2, 'Workshop', NULL);

INSERT INTO users (id, organisation_id, name, email) VALUES
    (1, 1, 'Ada Marsh', 'ada@harbour.example'),
    (2, 1, 'Ben Ochoa', 'ben@harbour.example'),
    (3, 2, 'Cleo Brand', 'cleo@alpine.example');

INSERT INTO assets (id, organisation_id, site_id, name, serial) VALUES
    (1, 1, 1, 'Crane', 'CR-1187'),
    (2, 1, 2, 'Compressor', NULL),
    (3, 2, 3, 'Test lift', NULL);

INSERT INTO issues (id, organisation_id, title, description, status, site_id, asset_id) VALUES
    (1, 1, 'Oil under the crane', 'A puddle of about a metre.', 'open', 1, 1),
    (2, 1, 'Door does not close', NULL, 'in_progress', 2, NULL),
    (3, 2, 'Lift stops between floors', NULL, 'open', 3, 3);

INSERT INTO works (id, organisation_id, title, status, issue_id, assignee_id, due_at) VALUES
    (1, 1, 'Replace the gasket', 'planned', 1, 2, '2027-01-15T08:00:00.000Z'),
    (2, 1, 'Adjust the hinges', 'started', 2, 2, NULL);

INSERT INTO checkins (id, organisation_id, site_id, user_id, checked_in_at, checked_out_at) VALUES
    (1, 1, 1, 1, '2026-11-20T07:30:00.000Z', '2026-11-20T16:00:00.000Z'),
    (2, 1, 2, 2, '2026-11-20T08:00:00.000Z', NULL);

INSERT INTO templates (id, organisation_id, name, questions) VALUES
    (1, 1, 'Crane, monthly', '["Is the hook free of cracks?","Does the brake hold?"]');

INSERT INTO runs (id, organisation_id, template_id, site_id, status, answers, scheduled_for) VALUES
    (1, 1, 1, 1, 'completed', '{"Does the brake hold?":"yes"}', '2026-11-01T08:00:00.000Z'),
    (2, 1, 1, 1, 'scheduled', '{}', '2026-12-01T08:00:00.000Z');

INSERT INTO logs (id, organisation_id, text, author, issue_id) VALUES
    (1, 1, 'Came back after the rain.', 'ada@harbour.example', 1);

INSERT INTO readings (id, organisation_id, sensor, asset_id, value, unit, measured_at) VALUES
    (1, 1, 'cold-store-air', 2, -18.5, 'C', '2026-11-20T06:00:00.000Z'),
    (2, 1, 'cold-store-air', 2, -18.0, 'C', '2026-11-20T07:00:00.000Z');

INSERT INTO occurrences (id, organisation_id, kind, title, work_id, run_id, due_at, status) VALUES
    (1, 1, 'inspection', 'Crane, monthly', NULL, 1, '2026-11-01T08:00:00.000Z', 'done'),
    (2, 1, 'inspection', 'Crane, monthly', NULL, 2, '2026-12-01T08:00:00.000Z', 'scheduled'),
    (3, 1, 'work', 'Replace the gasket', 1, NULL, '2027-01-15T08:00:00.000Z', 'scheduled');

INSERT INTO obligation_links (occurrence_id, obligation) VALUES (2, 'insurance-2026');

INSERT INTO subscriptions (id, organisation_id, trigger, target_url) VALUES
    (1, 1, 'issue.created', 'https://automation.example/hooks/1');
