-- One script for H2 and PostgreSQL.

-- One row: the secret from which pseudonyms are derived, unless the configuration has one. 32 bytes in hexadecimal.
CREATE TABLE pseudonym_key (
    id         INTEGER PRIMARY KEY,
    secret     VARCHAR(64) NOT NULL,
    created_at BIGINT      NOT NULL
);
