/** What people agreed to or refused: who, for what, in which words, when. Rows are only added. */
export const sql = `
CREATE TABLE consents (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('prescreen')),
  version TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX consents_by_contact ON consents (contact_id, at);
`
