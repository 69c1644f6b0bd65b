/**
 * Two chats become one person's only after both said so. A code or a link knows the chat that made it; who used
 * one and agreed stands in link_asks until that chat answers. link_joins and its rows say what came from which
 * side, so that a joining can be undone. Conversations of one circle share their half-filled forms and words;
 * a joining that no case proves leaves each side its own circle (null: the contact's first).
 */
export const sql = `
ALTER TABLE links ADD COLUMN channel TEXT;
ALTER TABLE links ADD COLUMN external_id TEXT;
ALTER TABLE link_codes ADD COLUMN channel TEXT;
ALTER TABLE link_codes ADD COLUMN external_id TEXT;
ALTER TABLE sessions ADD COLUMN circle TEXT;

CREATE TABLE link_asks (
  id TEXT PRIMARY KEY,
  maker_id TEXT NOT NULL REFERENCES contacts (id),
  maker_channel TEXT NOT NULL,
  maker_address TEXT NOT NULL,
  taker_id TEXT NOT NULL REFERENCES contacts (id),
  taker_channel TEXT NOT NULL,
  taker_address TEXT NOT NULL,
  wish TEXT,
  at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_asks_by_maker ON link_asks (maker_id);
CREATE INDEX link_asks_by_taker ON link_asks (taker_id);
CREATE INDEX link_asks_by_end ON link_asks (expires_at);

CREATE TABLE link_joins (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  maker_channel TEXT NOT NULL,
  maker_address TEXT NOT NULL,
  taker_channel TEXT NOT NULL,
  taker_address TEXT NOT NULL,
  at TEXT NOT NULL,
  undo_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_joins_by_contact ON link_joins (contact_id);
CREATE INDEX link_joins_by_end ON link_joins (undo_until);

CREATE TABLE link_join_rows (
  join_id TEXT NOT NULL REFERENCES link_joins (id),
  kind TEXT NOT NULL CHECK (kind IN ('address', 'case', 'data-request', 'signup', 'round')),
  id TEXT NOT NULL,
  PRIMARY KEY (join_id, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_join_rows_by_id ON link_join_rows (kind, id);
`
