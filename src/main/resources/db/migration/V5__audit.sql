-- One script for H2 and PostgreSQL. What is empty is '', not null, but for texts.

-- The audit: one chain of records for each node. text, salt: null when there is no text, or it was erased; text_hash stays.
CREATE TABLE audit_record (
    chain        VARCHAR(64)  NOT NULL,
    seq          BIGINT       NOT NULL,
    at_millis    BIGINT       NOT NULL,
    kind         VARCHAR(32)  NOT NULL,
    account      VARCHAR(200) NOT NULL,
    organisation VARCHAR(200) NOT NULL,
    room         VARCHAR(200) NOT NULL,
    turn         VARCHAR(200) NOT NULL,
    branch       VARCHAR(200) NOT NULL,
    model        VARCHAR(200) NOT NULL,
    action       VARCHAR(200) NOT NULL,
    subject      VARCHAR(200) NOT NULL,
    amount       BIGINT       NOT NULL,
    text         TEXT,
    salt         VARCHAR(64),
    text_hash    VARCHAR(64)  NOT NULL,
    hash         VARCHAR(64)  NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_record_time ON audit_record (at_millis, chain, seq);
CREATE INDEX audit_record_room ON audit_record (room, at_millis);
CREATE INDEX audit_record_account ON audit_record (account, at_millis);
CREATE INDEX audit_record_turn ON audit_record (turn, at_millis);

-- Places in a chain, signed. purpose: START and HEAD once for each chain, CHECKPOINT any number of times.
CREATE TABLE audit_seal (
    chain     VARCHAR(64)  NOT NULL,
    purpose   VARCHAR(16)  NOT NULL,
    seq       BIGINT       NOT NULL,
    hash      VARCHAR(64)  NOT NULL,
    at_millis BIGINT       NOT NULL,
    key_id    VARCHAR(64)  NOT NULL,
    mac       VARCHAR(64)  NOT NULL,
    PRIMARY KEY (chain, purpose, seq)
);

-- Those of input_tokens that the provider had at hand, and those of output_tokens that were thought and not said.
ALTER TABLE message ADD COLUMN cached_input_tokens BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE message ADD COLUMN reasoning_tokens BIGINT DEFAULT 0 NOT NULL;
