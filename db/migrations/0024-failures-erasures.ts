/**
 * "sign_in_failures": wrong tries by an opaque key, with the pause after the last one. "erasures": whom a restore of an
 * older backup must erase again, by ids alone, sealed.
 */
export const sql = `
CREATE TABLE sign_in_failures (
  key TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  free INTEGER NOT NULL,
  free_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_end ON sign_in_failures (ends_at);

CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
