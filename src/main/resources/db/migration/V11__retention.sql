-- One script for H2 and PostgreSQL.

-- What is older than it is to be kept is found by this.
CREATE INDEX message_said ON message (said_at);
