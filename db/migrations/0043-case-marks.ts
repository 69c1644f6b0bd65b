/**
 * What staff found of the papers and claims of an application: seen, or not proved, by whom. `subject` is `document:…` or
 * `claim:…`, by the ids of the pack. The marks of claims stand in `cases` too, since the open ones are listed by them:
 * 1 seen, 0 said and nothing more, -1 not proved.
 */
export const sql = `
CREATE TABLE case_marks (
  case_id TEXT NOT NULL REFERENCES cases (id),
  subject TEXT NOT NULL,
  is_proved INTEGER NOT NULL CHECK (is_proved IN (0, 1)),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, subject)
) STRICT, WITHOUT ROWID;
ALTER TABLE cases ADD COLUMN key_group_mark INTEGER NOT NULL DEFAULT 0 CHECK (key_group_mark IN (-1, 0, 1));
ALTER TABLE cases ADD COLUMN key_group_jobs_mark INTEGER NOT NULL DEFAULT 0 CHECK (key_group_jobs_mark IN (-1, 0, 1));
ALTER TABLE cases ADD COLUMN low_income_village_mark INTEGER NOT NULL DEFAULT 0
  CHECK (low_income_village_mark IN (-1, 0, 1));
DROP INDEX cases_open;
CREATE INDEX cases_open ON cases (programme_id, district, stage, has_key_group, key_group_mark, key_group_jobs,
  key_group_jobs_mark, in_low_income_village, low_income_village_mark, completed_at, number, id) WHERE closed_at IS NULL;
`
