/**
 * Chats in which somebody of staff can work. "role", "district" and "two_factor_id" are as they were when
 * the chat was linked: once one of them is another, the chat is linked no more. "powers_until" is how far
 * the last six digits reach; "verified_step" is which they were, so that the same digits open one chat.
 * "digest_on" is the day in China whose digest has been written.
 */
export const sql = `
CREATE TABLE staff_chats (
  id TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  code_index TEXT NOT NULL,
  role TEXT NOT NULL,
  district TEXT,
  two_factor_id TEXT NOT NULL,
  verified_step INTEGER NOT NULL,
  powers_until TEXT NOT NULL,
  digest INTEGER NOT NULL DEFAULT 1 CHECK (digest IN (0, 1)),
  digest_on TEXT,
  linked_at TEXT NOT NULL,
  UNIQUE (channel, external_id),
  UNIQUE (staff_id, verified_step)
) STRICT;

-- One code at a time for each of them; the next one takes its place.
CREATE TABLE staff_chat_codes (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  code_index TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL
) STRICT;
`
