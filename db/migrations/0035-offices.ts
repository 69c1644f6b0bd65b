/** What staff have entered of the offices, upon the directory of the pack; `place` is empty for the city's. */
export const sql = `
CREATE TABLE offices (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  place TEXT NOT NULL,
  entered TEXT NOT NULL,
  version INTEGER NOT NULL CONSTRAINT offices_version CHECK (version > 0),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (programme_id, place)
) STRICT, WITHOUT ROWID;
`
