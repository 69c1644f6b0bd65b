/**
 * What staff do with a case: who has it on the desk, what they write to each other about it (sealed), and
 * by which account a move was made. `stage_at`: when the case came to its stage. `mobile_index` and
 * `credit_index` are blind, for finding the same person or business in other cases; `indexed` is 0 where
 * they are still to be made (src/cases/fill-indexes.ts). A `;` inside a trigger stands in mid-line.
 */
export const sql = `
ALTER TABLE cases ADD COLUMN stage_at TEXT;
UPDATE cases SET stage_at = coalesce(
  (SELECT max(at) FROM case_events WHERE case_id = cases.id AND from_stage <> to_stage), submitted_at);
ALTER TABLE cases ADD COLUMN mobile_index TEXT;
ALTER TABLE cases ADD COLUMN credit_index TEXT;
ALTER TABLE cases ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0 CHECK (indexed IN (0, 1));
CREATE INDEX cases_by_identity ON cases (identity_index) WHERE identity_index IS NOT NULL;
CREATE INDEX cases_by_mobile ON cases (mobile_index) WHERE mobile_index IS NOT NULL;
CREATE INDEX cases_by_credit ON cases (credit_index) WHERE credit_index IS NOT NULL;
CREATE INDEX cases_to_index ON cases (id) WHERE indexed = 0;

ALTER TABLE case_events ADD COLUMN actor_id TEXT;
CREATE TRIGGER case_events_actor BEFORE UPDATE OF actor_id ON case_events
BEGIN SELECT RAISE(ABORT, 'the events of a case are only added to'); END;

CREATE TABLE case_work (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  given_by TEXT NOT NULL REFERENCES staff (id),
  given_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX case_work_by_staff ON case_work (staff_id);

CREATE TABLE case_comments (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX case_comments_by_case ON case_comments (case_id, at);
`
