-- One script for H2 and PostgreSQL. What is empty is '', not null, but for organisation.

-- The IANA name of the time zone in which the organisation's days and months begin; empty for the installation's.
ALTER TABLE organisation ADD COLUMN time_zone VARCHAR(64) DEFAULT '' NOT NULL;

-- limited: in the unit, dollars in millionths. period, at_limit: the words of the wire. warn_at: percents, by commas.
CREATE TABLE budget (
    id           VARCHAR(64)  PRIMARY KEY,
    name         VARCHAR(200) NOT NULL,
    organisation VARCHAR(64)  REFERENCES organisation (id) ON DELETE CASCADE,
    account      VARCHAR(64)  NOT NULL,
    api_key      VARCHAR(64)  NOT NULL,
    room         VARCHAR(64)  NOT NULL,
    model        VARCHAR(200) NOT NULL,
    unit         VARCHAR(32)  NOT NULL,
    limited      BIGINT       NOT NULL,
    period       VARCHAR(64)  NOT NULL,
    warn_at      VARCHAR(64)  NOT NULL,
    at_limit     VARCHAR(250) NOT NULL,
    paused       BOOLEAN      NOT NULL,
    version      BIGINT       NOT NULL
);
CREATE INDEX budget_organisation ON budget (organisation);

-- What was charged in the period that began at window_start; revision grows with every charge. buckets: NUMBER:AMOUNT, by
-- commas, for rolling periods.
CREATE TABLE budget_account (
    budget       VARCHAR(64) PRIMARY KEY REFERENCES budget (id) ON DELETE CASCADE,
    window_start BIGINT      NOT NULL,
    charged      BIGINT      NOT NULL,
    corrected    BIGINT      NOT NULL,
    revision     BIGINT      NOT NULL,
    buckets      TEXT        NOT NULL
);

-- What each answer used, once. usage_day: the date in the organisation's time zone, as 2026-02-28.
CREATE TABLE bill (
    id            VARCHAR(200) PRIMARY KEY,
    generation    BIGINT       NOT NULL,
    at_millis     BIGINT       NOT NULL,
    usage_day     VARCHAR(10)  NOT NULL,
    organisation  VARCHAR(64)  NOT NULL,
    account       VARCHAR(64)  NOT NULL,
    api_key       VARCHAR(64)  NOT NULL,
    room          VARCHAR(64)  NOT NULL,
    model         VARCHAR(200) NOT NULL,
    input_tokens  BIGINT       NOT NULL,
    cached_tokens BIGINT       NOT NULL,
    output_tokens BIGINT       NOT NULL,
    reasoning_tokens BIGINT    NOT NULL,
    micros        BIGINT       NOT NULL,
    estimated     BOOLEAN      NOT NULL,
    outcome       VARCHAR(16)  NOT NULL
);
CREATE INDEX bill_day ON bill (usage_day, organisation);
CREATE INDEX bill_account ON bill (account, usage_day);
CREATE INDEX bill_time ON bill (at_millis, id);
