-- One script for H2 and PostgreSQL.

-- The BCP 47 tag of the language in which this user wants to read answers; empty for the original.
ALTER TABLE account ADD COLUMN language VARCHAR(64) DEFAULT '' NOT NULL;

-- What an answer's translations say, by language; null when there are none.
ALTER TABLE message ADD COLUMN variants TEXT;
