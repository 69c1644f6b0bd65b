/**
 * Applications. What identifies a person is sealed (db/core/vault.ts) or a blind index; the events are a
 * case's history, which is only added to: the details (what is missing, which can tell of a disability
 * or an income, and the words to the applicant) may be sealed anew or erased, and nothing else.
 * The key of the events is the optimistic lock of a case. A `;` inside a trigger stands in mid-line.
 */
export const sql = `
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  revision_id TEXT NOT NULL REFERENCES pack_revisions (id),
  contact_id TEXT REFERENCES contacts (id),
  district TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('chat', 'paper')),
  stage TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  outcome TEXT CHECK (outcome IN ('granted', 'refused', 'withdrawn')),
  identity_index TEXT,
  lookup_index TEXT,
  applicant BLOB,
  answers BLOB,
  has_key_group INTEGER NOT NULL CHECK (has_key_group IN (0, 1)),
  key_group_jobs INTEGER NOT NULL CHECK (key_group_jobs >= 0),
  in_low_income_village INTEGER NOT NULL CHECK (in_low_income_village IN (0, 1)),
  decision_id TEXT,
  submitted_at TEXT NOT NULL,
  completed_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  closed_at TEXT,
  erased_at TEXT,
  CHECK ((erased_at IS NULL) = (applicant IS NOT NULL AND answers IS NOT NULL))
) STRICT;
-- One person, one application per programme; another one after it was refused or withdrawn.
CREATE UNIQUE INDEX cases_one_per_person ON cases (programme_id, identity_index)
  WHERE identity_index IS NOT NULL AND (outcome IS NULL OR outcome = 'granted');
CREATE INDEX cases_by_contact ON cases (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX cases_open ON cases (programme_id, district, stage) WHERE closed_at IS NULL;

CREATE TABLE case_events (
  case_id TEXT NOT NULL REFERENCES cases (id),
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  move TEXT NOT NULL,
  from_stage TEXT NOT NULL,
  to_stage TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('applicant', 'district-reviewer', 'city-reviewer', 'finance', 'system')),
  actor TEXT CHECK (actor IS NOT NULL OR role IN ('applicant', 'system')),
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  details BLOB,
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER case_events_follow BEFORE INSERT ON case_events
WHEN NEW.ordinal > 1 AND NOT EXISTS (
  SELECT 1 FROM case_events
  WHERE case_id = NEW.case_id AND ordinal = NEW.ordinal - 1 AND to_stage = NEW.from_stage
)
BEGIN SELECT RAISE(ABORT, 'an event of a case does not follow from the one before it'); END;
CREATE TRIGGER case_events_stay BEFORE UPDATE OF case_id, ordinal, move, from_stage, to_stage, role, actor,
  reasons, at ON case_events
BEGIN SELECT RAISE(ABORT, 'the events of a case are only added to'); END;
CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'the events of a case are only added to'); END;

-- The last serial of each district. One that was taken and not used stays a gap.
CREATE TABLE case_numbers (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  district TEXT NOT NULL,
  last INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (programme_id, district)
) STRICT, WITHOUT ROWID;

-- How often something was tried that may not be tried often. The key is a blind index.
CREATE TABLE attempts (
  key TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  ends_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_end ON attempts (ends_at);
`
