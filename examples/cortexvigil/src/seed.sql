-- The demonstration's rows. Times are relative to the day the data is made.

CREATE TEMP TABLE demo AS SELECT id AS org FROM organisations WHERE name = 'Northwind Logistics';

INSERT INTO sites (organisation_id, name, address)
SELECT org, v.column1, v.column2 FROM demo, (VALUES
    ('Harbour Warehouse', '12 Quay Road'),
    ('City Office', '4 Market Square')) AS v;

INSERT INTO areas (organisation_id, site_id, name, floor, pin_x, pin_y)
SELECT s.organisation_id, s.id, v.column2, v.column3, v.column4, v.column5
FROM demo JOIN sites AS s ON s.organisation_id = demo.org
JOIN (VALUES
    ('Harbour Warehouse', 'Main Gate', 0, 0.10, 0.50),
    ('Harbour Warehouse', 'Loading Dock', 0, 0.80, 0.35),
    ('City Office', 'Reception', 0, 0.50, 0.20)) AS v ON v.column1 = s.name;

INSERT INTO zones (organisation_id, area_id, name, kind, polygon, metadata)
SELECT a.organisation_id, a.id, v.column2, v.column3, v.column4, v.column5
FROM demo JOIN areas AS a ON a.organisation_id = demo.org
JOIN (VALUES
    ('Loading Dock', 'Forklift lane', 'restricted',
     '[{"x":0.1,"y":0.1},{"x":0.9,"y":0.1},{"x":0.9,"y":0.4},{"x":0.1,"y":0.4}]', '{"marking":"yellow"}'),
    ('Main Gate', 'Turnstiles', 'monitored',
     '[{"x":0.2,"y":0.3},{"x":0.8,"y":0.3},{"x":0.5,"y":0.9}]', '{}')) AS v ON v.column1 = a.name;

INSERT INTO cameras (organisation_id, site_id, area_id, name, model, direction, device_serial, paired_at, capabilities)
SELECT a.organisation_id, a.site_id, a.id, v.column2, 'VX-200', v.column3,
    'VX200-' || a.organisation_id || '-' || v.column4,
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-20 days'),
    '{"width":1920,"height":1080,"frames_per_second":25,"pan_tilt_zoom":false,"infrared":true,"audio":false}'
FROM demo JOIN areas AS a ON a.organisation_id = demo.org
JOIN (VALUES
    ('Main Gate', 'Gate in', 'entry', '0001'),
    ('Main Gate', 'Gate out', 'exit', '0002'),
    ('Loading Dock', 'Dock overview', 'none', '0003')) AS v ON v.column1 = a.name;

INSERT INTO faces (organisation_id, name, external_id, enrolled_by)
SELECT org, v.column1, v.column2, 'Demo Facility Bot' FROM demo, (VALUES
    ('Ada Byron', 'staff-1001'),
    ('Grace Murray', 'staff-1002')) AS v;

INSERT INTO attendance_configs (area_id, organisation_id, enabled, grace_minutes)
SELECT a.id, a.organisation_id, 1, 10 FROM demo JOIN areas AS a ON a.organisation_id = demo.org AND a.name = 'Main Gate';

INSERT INTO attendance_slots (organisation_id, area_id, name, starts_at, ends_at)
SELECT c.organisation_id, c.area_id, v.column1, v.column2, v.column3
FROM demo JOIN attendance_configs AS c ON c.organisation_id = demo.org, (VALUES
    ('Early shift', '06:00', '14:00'),
    ('Late shift', '14:00', '22:00')) AS v;

-- Both people, on the last five days: in at about six, out at two.
WITH RECURSIVE days (ago) AS (SELECT 1 UNION ALL SELECT ago + 1 FROM days WHERE ago < 5)
INSERT INTO events (organisation_id, camera_id, area_id, face_id, kind, severity, source, summary, occurred_at)
SELECT c.organisation_id, c.id, c.area_id, f.id, 'face_recognised', 'low', 'device', f.name || ' at ' || c.name,
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', 'start of day', '-' || days.ago || ' days',
        CASE c.direction WHEN 'entry' THEN '+355 minutes' ELSE '+840 minutes' END,
        '+' || (abs(f.id * 7 + days.ago * 5) % 25) || ' minutes')
FROM days, demo
JOIN cameras AS c ON c.organisation_id = demo.org AND c.direction <> 'none'
JOIN faces AS f ON f.organisation_id = demo.org
ORDER BY days.ago DESC, c.direction, f.id;

INSERT INTO punches (organisation_id, face_id, area_id, event_id, direction, punched_at)
SELECT e.organisation_id, e.face_id, e.area_id, e.id, c.direction, e.occurred_at
FROM demo JOIN events AS e ON e.organisation_id = demo.org JOIN cameras AS c ON c.id = e.camera_id
ORDER BY e.occurred_at;

INSERT INTO events (organisation_id, camera_id, area_id, kind, severity, source, summary, metadata, occurred_at)
SELECT c.organisation_id, c.id, c.area_id, 'motion_detected', 'medium', 'device', 'Motion after hours', '{"frames":48}',
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-60 minutes')
FROM demo JOIN cameras AS c ON c.organisation_id = demo.org AND c.name = 'Dock overview';

INSERT INTO detections (organisation_id, event_id, label, confidence, x, y, width, height)
SELECT e.organisation_id, e.id, v.column1, v.column2, v.column3, 0.4, 0.1, 0.3
FROM demo JOIN events AS e ON e.organisation_id = demo.org AND e.kind = 'motion_detected', (VALUES
    ('person', 0.94, 0.2),
    ('forklift', 0.81, 0.6)) AS v;

INSERT INTO sensors (organisation_id, site_id, area_id, name, kind, unit, config)
SELECT a.organisation_id, a.site_id, a.id, v.column2, v.column3, v.column4, v.column5
FROM demo JOIN areas AS a ON a.organisation_id = demo.org
JOIN (VALUES
    ('Loading Dock', 'Dock temperature', 'temperature', '°C', '{"sampling_seconds":300,"minimum":2.0,"maximum":30.0}'),
    ('Reception', 'Reception door', 'contact', 'open', '{"sampling_seconds":5,"minimum":null,"maximum":null}')
) AS v ON v.column1 = a.name;

WITH RECURSIVE steps (ago) AS (SELECT 0 UNION ALL SELECT ago + 1 FROM steps WHERE ago < 23)
INSERT INTO readings (organisation_id, sensor_id, value, measured_at)
SELECT s.organisation_id, s.id,
    CASE s.kind WHEN 'temperature' THEN 18.0 + (steps.ago % 6) * 0.5 ELSE CAST(steps.ago % 2 AS REAL) END,
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || (steps.ago * 5) || ' minutes')
FROM steps, demo JOIN sensors AS s ON s.organisation_id = demo.org
ORDER BY steps.ago DESC, s.id;

INSERT INTO alert_rules (organisation_id, name, event_kind, minimum_severity, channel, target)
SELECT org, 'Motion after hours', 'motion_detected', 'medium', 'email', 'night-shift@example.com' FROM demo;

INSERT INTO alerts (organisation_id, rule_id, event_id, title, severity)
SELECT r.organisation_id, r.id, e.id, r.name, e.severity
FROM demo JOIN alert_rules AS r ON r.organisation_id = demo.org
JOIN events AS e ON e.organisation_id = demo.org AND e.kind = r.event_kind;

INSERT INTO deliveries (organisation_id, alert_id, channel, target)
SELECT a.organisation_id, a.id, r.channel, r.target
FROM demo JOIN alerts AS a ON a.organisation_id = demo.org JOIN alert_rules AS r ON r.id = a.rule_id;

DROP TABLE demo;
