-- One script for H2 and PostgreSQL.

-- What the installation, an organisation or a room says about interceptors. scope: "installation", "organisation:ID" or
-- "room:ID"; the columns beside it let a policy go with what it is for. policy: JSON.
CREATE TABLE interceptor_policy (
    scope        VARCHAR(80) PRIMARY KEY,
    organisation VARCHAR(64) REFERENCES organisation (id) ON DELETE CASCADE,
    room         VARCHAR(64) REFERENCES room (id) ON DELETE CASCADE,
    policy       TEXT        NOT NULL
);
CREATE INDEX interceptor_policy_organisation ON interceptor_policy (organisation);
CREATE INDEX interceptor_policy_room ON interceptor_policy (room);
