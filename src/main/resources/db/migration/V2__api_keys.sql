-- hash: SHA-256 of the key, in hexadecimal; the key itself is kept nowhere. start: its first characters. models: names
-- separated by line feeds, empty for all. expires_at, last_used_at: null for never.
CREATE TABLE api_key (
    id           VARCHAR(64)   PRIMARY KEY,
    hash         VARCHAR(64)   NOT NULL UNIQUE,
    name         VARCHAR(1000) NOT NULL,
    account      VARCHAR(64)   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    start_text   VARCHAR(64)   NOT NULL,
    created_at   BIGINT        NOT NULL,
    expires_at   BIGINT,
    models       TEXT          NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX api_key_account ON api_key (account);

-- The tools that an answer asks its caller to run, as a JSON array; null for none.
ALTER TABLE message ADD COLUMN tool_calls TEXT;
