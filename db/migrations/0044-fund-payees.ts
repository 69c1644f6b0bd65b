/**
 * The account that an application's money is to be paid to, as its applicant gave it. `why` says what takes two members of
 * staff: an account of somebody else, or a change of one that stood. `details` are sealed, and gone (null) once nothing is to
 * be paid there any more. One stands, and one waits, at most. Its consent is one of its own.
 */
export const sql = `
CREATE TABLE agreed (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('prescreen', 'application', 'sensitive', 'payment')),
  version TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  at TEXT NOT NULL
) STRICT;
INSERT INTO agreed SELECT id, contact_id, session_id, purpose, version, granted, at FROM consents;
DROP TABLE consents;
ALTER TABLE agreed RENAME TO consents;
CREATE INDEX consents_by_contact ON consents (contact_id, at);
CREATE INDEX consents_by_session ON consents (session_id);

CREATE TABLE fund_payees (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  details BLOB,
  state TEXT NOT NULL CHECK (state IN ('asked', 'seen', 'stands', 'declined', 'over')),
  why TEXT CHECK (why IN ('other-holder', 'change')),
  first_by TEXT REFERENCES staff (id),
  second_by TEXT REFERENCES staff (id),
  version INTEGER NOT NULL DEFAULT 1 CONSTRAINT fund_payees_version CHECK (version > 0),
  at TEXT NOT NULL,
  decided_at TEXT,
  CONSTRAINT fund_payees_two_persons CHECK (second_by IS NULL OR first_by IS NOT NULL AND second_by <> first_by),
  CONSTRAINT fund_payees_agreed CHECK (state <> 'stands' OR why IS NULL OR second_by IS NOT NULL),
  CHECK (details IS NOT NULL OR state IN ('declined', 'over'))
) STRICT;
CREATE UNIQUE INDEX fund_payees_standing ON fund_payees (case_id) WHERE state = 'stands';
CREATE UNIQUE INDEX fund_payees_waiting ON fund_payees (case_id) WHERE state IN ('asked', 'seen');
CREATE INDEX fund_payees_by_case ON fund_payees (case_id, at);
`
