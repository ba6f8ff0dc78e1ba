-- A small fleet: enough for every endpoint to have something to show.

INSERT INTO vehicle_groups (name, description) VALUES
    ('Depot North', 'Vans of the northern depot.'),
    ('Depot South', NULL),
    ('Retired', 'Sold or scrapped.');

INSERT INTO vehicles (registration, vin, make, model, year, odometer_km, group_id) VALUES
    ('NW-FL 101', 'WV1ZZZ7HZ8H000101', 'Volkswagen', 'Crafter', 2021, 84210, 1),
    ('NW-FL 102', 'WDB9066331S000102', 'Mercedes-Benz', 'Sprinter', 2019, 152880, 1),
    ('NW-FL 203', 'VF1MA000065000203', 'Renault', 'Master', 2023, 20115, 2),
    ('NW-FL 204', NULL, 'Ford', 'Transit', 2016, 240300, NULL);

INSERT INTO vehicle_fields (key, label, kind, settings) VALUES
    ('insured_until', 'Insured until', 'date', '{"due_within_days":30}'),
    ('tread_mm', 'Tread of the tyres in mm', 'number', '{"minimum":1.6}'),
    ('availability', 'Availability', 'choice', '{"options":["on_road","in_workshop","reserved"]}'),
    ('cost_centre', 'Cost centre', 'text', '{}');

INSERT INTO vehicle_field_values (vehicle_id, field_id, value) VALUES
    (1, 1, '"2099-12-31"'), (1, 2, '5.5'), (1, 3, '"on_road"'), (1, 4, '"CC-100"'),
    (2, 1, '"2020-01-31"'), (2, 2, '1.4'), (2, 3, '"in_workshop"'),
    (3, 1, '"2098-06-30"'), (3, 3, '"reserved"');

INSERT INTO odometer_readings (vehicle_id, odometer_km, read_at) VALUES
    (1, 80000, '2026-01-05T07:00:00.000Z'),
    (1, 84210, '2026-02-05T07:00:00.000Z'),
    (2, 152880, '2026-02-05T07:05:00.000Z');

INSERT INTO vehicle_documents (vehicle_id, kind, number, valid_until) VALUES
    (1, 'registration', 'ZB-101', NULL),
    (1, 'insurance', 'POL-7781', '2099-12-31'),
    (2, 'insurance', 'POL-7782', '2020-01-31');

INSERT INTO driver_assignments (vehicle_id, driver_name, driver_reference, starts_at, ends_at) VALUES
    (1, 'Mina Okafor', 'D-17', '2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
    (1, 'Jonas Weber', 'D-21', '2026-02-01T00:00:00.000Z', NULL),
    (3, 'Mina Okafor', 'D-17', '2026-02-01T00:00:00.000Z', NULL);

INSERT INTO inspection_templates (name, description, items) VALUES
    (
        'Daily walk-around',
        'Before the first trip of the day.',
        '[{"key":"lights","label":"Lights work","kind":"check","required":true},{"key":"tyres","label":"Tyres are sound","kind":"check","required":true},{"key":"remarks","label":"Remarks","kind":"text","required":false}]'
    ),
    (
        'Return to depot',
        NULL,
        '[{"key":"fuel_litres","label":"Fuel in litres","kind":"number","required":true},{"key":"clean","label":"The cabin is clean","kind":"check","required":true}]'
    );

INSERT INTO inspections (
    vehicle_id, template_id, items, inspector, odometer_km, answers, notes, status, performed_at, submitted_at
)
SELECT
    1, id, items, 'Jonas Weber', 84100, '{"lights":true,"tyres":true}', NULL, 'submitted',
    '2026-02-04T06:30:00.000Z', '2026-02-04T06:41:00.000Z'
FROM inspection_templates WHERE id = 1
UNION ALL
SELECT 2, id, items, 'Mina Okafor', NULL, '{"lights":false}', 'Left headlight', 'draft',
    '2026-02-05T06:30:00.000Z', NULL
FROM inspection_templates WHERE id = 1;

INSERT INTO damages (vehicle_id, inspection_id, part, severity, description, status) VALUES
    (2, 2, 'headlight, left', 'major', 'Does not light up.', 'open'),
    (4, NULL, 'door, rear', 'cosmetic', 'Scratch of 20 cm.', 'repaired');
