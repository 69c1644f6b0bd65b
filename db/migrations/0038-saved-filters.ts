/** Filters of the console's lists that somebody of staff keeps under a name of theirs. */
export const sql = `
CREATE TABLE saved_filters (
  staff_id TEXT NOT NULL REFERENCES staff (id),
  list TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (staff_id, list, name)
) STRICT, WITHOUT ROWID;
`
