-- One script for H2 and PostgreSQL.

-- Who is to be forgotten: the id of an account that is there no longer. finished_at: null while something of them may be
-- left. swept: whether the embedded database's file was written anew since.
CREATE TABLE erasure (
    account     VARCHAR(64) PRIMARY KEY,
    by_account  VARCHAR(64) NOT NULL,
    begun_at    BIGINT      NOT NULL,
    finished_at BIGINT,
    messages    BIGINT      DEFAULT 0 NOT NULL,
    swept       BOOLEAN     DEFAULT FALSE NOT NULL
);

-- True for what was said by somebody who is forgotten, and for the answers to it. The row stays, without any text, so that
-- what comes late finds its place taken.
ALTER TABLE message ADD COLUMN erased BOOLEAN DEFAULT FALSE NOT NULL;
