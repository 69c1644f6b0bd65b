/**
 * What is given out of many people at once, and whose second yes it needed: a ledger with identity numbers, or more
 * people looked at in a day than one alone may. `alone`: how many people this one and the ones before it of the day
 * have together, where nobody agreed. `nth`: the how many-th of its kind that its requester used that day.
 */
export const sql = `
CREATE TABLE disclosures (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('ledger', 'looks')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  scope TEXT NOT NULL,
  district TEXT,
  people INTEGER NOT NULL CHECK (people > 0),
  reason TEXT NOT NULL CHECK (length(trim(reason)) >= 4),
  asked_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  alone INTEGER CONSTRAINT disclosures_alone CHECK (alone <= 20),
  agreed_by TEXT REFERENCES staff (id),
  agreed_at TEXT,
  agreements INTEGER NOT NULL DEFAULT 0 CONSTRAINT disclosures_agreed_once CHECK (agreements < 2),
  used_on TEXT,
  uses INTEGER NOT NULL DEFAULT 0 CONSTRAINT disclosures_used_once CHECK (uses < 2),
  nth INTEGER CONSTRAINT disclosures_a_day CHECK (nth <= 3),
  CONSTRAINT disclosures_two_persons CHECK (agreed_by IS NULL OR agreed_by <> staff_id),
  CONSTRAINT disclosures_agreed CHECK (uses = 0 OR alone IS NOT NULL OR agreed_by IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosures_by_staff ON disclosures (staff_id, used_on);
CREATE INDEX disclosures_by_day ON disclosures (asked_at);
`
