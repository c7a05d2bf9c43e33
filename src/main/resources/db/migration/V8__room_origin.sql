-- One script for H2 and PostgreSQL.

-- What a room was made for: 'conversation', or 'completion' for one that /v1 made and nobody has taken up since.
ALTER TABLE room ADD COLUMN origin VARCHAR(16) DEFAULT 'conversation' NOT NULL;
