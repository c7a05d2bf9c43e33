-- One script for H2 and PostgreSQL.

-- The nodes that take part. Who takes part is decided here, and not by who sees whom.
CREATE TABLE node (
    id        VARCHAR(16) PRIMARY KEY,
    joined_at BIGINT NOT NULL,
    -- The last sign of life, by the database's own clock, in milliseconds since 1970.
    seen_at   BIGINT NOT NULL
);
