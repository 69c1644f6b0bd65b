/**
 * Which keys this database is sealed and indexed with, by their fingerprints (db/vault.ts), so that a start with
 * others is refused.
 */
export const sql = `
CREATE TABLE key_marks (
  kind TEXT NOT NULL CHECK (kind IN ('data', 'index')),
  fingerprint TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (kind, fingerprint)
) STRICT;
`
