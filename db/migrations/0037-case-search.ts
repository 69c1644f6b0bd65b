/** What the people and businesses of applications are found by: blind, by field and district. All are made by the job that fills indexes. */
export const sql = `
CREATE TABLE case_search (
  token TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (token, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_search_by_case ON case_search (case_id);
UPDATE cases SET indexed = 0 WHERE erased_at IS NULL;
`
