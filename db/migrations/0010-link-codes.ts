/**
 * Codes by which a person joins a second chat to the first: six digits, kept as a blind index, one live code
 * for each contact, used once. And when which kind of chat was joined or taken apart, for the person and for
 * the office; no address stands there.
 */
export const sql = `
CREATE TABLE link_codes (
  code_index TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL UNIQUE REFERENCES contacts (id),
  expires_at TEXT NOT NULL,
  uses INTEGER NOT NULL DEFAULT 0 CONSTRAINT link_codes_used_once CHECK (uses < 2)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_codes_by_end ON link_codes (expires_at);

CREATE TABLE link_events (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  kind TEXT NOT NULL CHECK (kind IN ('linked', 'unlinked')),
  channel TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_events_by_contact ON link_events (contact_id, at);
`
