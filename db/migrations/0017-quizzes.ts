/** Questions that staff wrote or changed (the newest row of a question counts), who takes part, and how rounds went. */
export const sql = `
CREATE TABLE quiz_edits (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  question_id TEXT NOT NULL,
  revision INTEGER NOT NULL CHECK (revision > 0),
  body TEXT NOT NULL CHECK (json_valid(body)),
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  staff_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (programme_id, question_id, revision)
) STRICT;

CREATE TABLE quiz_people (
  contact_id TEXT PRIMARY KEY REFERENCES contacts (id),
  kind TEXT NOT NULL CHECK (kind IN ('staff', 'bank', 'other')),
  district TEXT,
  bank TEXT,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE quiz_rounds (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  contact_id TEXT REFERENCES contacts (id),
  kind TEXT NOT NULL,
  district TEXT,
  bank TEXT,
  asked INTEGER NOT NULL CHECK (asked > 0),
  answered_right INTEGER NOT NULL CHECK (answered_right BETWEEN 0 AND asked),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX quiz_rounds_by_time ON quiz_rounds (programme_id, at);
CREATE INDEX quiz_rounds_by_contact ON quiz_rounds (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE quiz_answers (
  round_id TEXT NOT NULL REFERENCES quiz_rounds (id),
  question_id TEXT NOT NULL,
  answered_right INTEGER NOT NULL CHECK (answered_right IN (0, 1)),
  PRIMARY KEY (round_id, question_id)
) STRICT;
`
