-- A key may be made for a time.

ALTER TABLE api_keys ADD COLUMN expires_at TEXT;
