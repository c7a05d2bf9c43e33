-- One script for H2 and PostgreSQL.

-- One row: what tells this installation from every other, to the nodes that use one database.
CREATE TABLE installation (
    id         INTEGER PRIMARY KEY,
    name       VARCHAR(32) NOT NULL,
    created_at BIGINT      NOT NULL
);
