-- One script for H2 and PostgreSQL.

ALTER TABLE account ADD COLUMN disabled BOOLEAN DEFAULT FALSE NOT NULL;

-- One row. Whoever may take away an administrator locks it first, so that two at once don't take away the last two.
CREATE TABLE administrators_lock (
    id INTEGER PRIMARY KEY
);
INSERT INTO administrators_lock (id) VALUES (1);

-- What was done under an idempotency key. id, fingerprint: SHA-256, in hexadecimal, of the caller with the key, and of the
-- key with the request. answer: null while it is being done.
CREATE TABLE done_once (
    id          VARCHAR(64) PRIMARY KEY,
    fingerprint VARCHAR(64) NOT NULL,
    answer      TEXT,
    started_at  BIGINT      NOT NULL
);
CREATE INDEX done_once_started ON done_once (started_at);
