/** What somebody of staff wants that a second one must agree to: how somebody else signs in. Used once, within a day. */
export const sql = `
CREATE TABLE staff_asks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'authenticator')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  asked_by TEXT NOT NULL REFERENCES staff (id),
  asked_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  agreed_by TEXT REFERENCES staff (id),
  agreements INTEGER NOT NULL DEFAULT 0 CONSTRAINT staff_asks_agreed_once CHECK (agreements < 2),
  CONSTRAINT staff_asks_two_persons CHECK (agreed_by IS NULL OR (agreed_by <> asked_by AND agreed_by <> staff_id))
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_asks_by_staff ON staff_asks (staff_id, expires_at);
`
