/**
 * What people say is sealed (db/core/vault.ts): a turn and its words become one row, and so does a notice,
 * which has no turn. Older words are carried over as they were; "keys rotate" seals them.
 * "remind_at": when a person who left a form half-way hears from us.
 */
export const sql = `
CREATE TABLE said (
  id INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  turn INTEGER,
  event_id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  replies INTEGER NOT NULL,
  body BLOB NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (session_id, turn)
) STRICT;
INSERT INTO said (session_id, turn, event_id, path, replies, body, at)
SELECT session_id, turn, event_id, path, replies, CAST(json_object(
    'heard', (SELECT json(body) FROM messages m
      WHERE m.session_id = t.session_id AND m.turn = t.turn AND m.direction = 'in'),
    'said', (SELECT json_group_array(json(body)) FROM (SELECT body FROM messages m
      WHERE m.session_id = t.session_id AND m.turn = t.turn AND m.direction = 'out' ORDER BY m.ordinal))
  ) AS BLOB), at
FROM turns t ORDER BY at;
INSERT INTO said (session_id, turn, event_id, path, replies, body, at)
SELECT session_id, NULL, 'notice:' || id, '', 0,
  CAST(json_object('said', json_array(json(body))) AS BLOB), at
FROM messages WHERE turn = 0;
DROP TABLE messages;
DROP TABLE turns;
ALTER TABLE said RENAME TO turns;

ALTER TABLE sessions ADD COLUMN memory BLOB NOT NULL DEFAULT x'7b7d';
UPDATE sessions SET memory = CAST(json_object('state', json(state), 'offered', json(offered)) AS BLOB);
ALTER TABLE sessions DROP COLUMN state;
ALTER TABLE sessions DROP COLUMN offered;
ALTER TABLE sessions ADD COLUMN remind_at TEXT;
ALTER TABLE sessions ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sessions_to_remind ON sessions (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE sealed_outbox (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('reply', 'notice')),
  body BLOB NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('created', 'sending', 'sent', 'delivered', 'temporary-failure',
    'permanent-failure', 'technical-failure', 'expired', 'in-doubt')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT NOT NULL,
  leased_until TEXT,
  expires_at TEXT NOT NULL,
  network_id TEXT,
  last_error TEXT,
  created_at TEXT NOT NULL,
  FOREIGN KEY (channel, external_id) REFERENCES addresses (channel, external_id) ON UPDATE CASCADE
) STRICT;
INSERT INTO sealed_outbox SELECT id, channel, external_id, origin, CAST(body AS BLOB), status, attempts,
  next_attempt_at, leased_until, expires_at, network_id, last_error, created_at FROM outbox ORDER BY rowid;
DROP TABLE outbox;
ALTER TABLE sealed_outbox RENAME TO outbox;
CREATE INDEX outbox_open ON outbox (next_attempt_at) WHERE status IN ('created', 'sending', 'temporary-failure');
CREATE INDEX outbox_by_address ON outbox (channel, external_id)
  WHERE status IN ('created', 'sending', 'temporary-failure');

CREATE TABLE sealed_questions (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  question BLOB NOT NULL,
  locale TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unsure', 'refused', 'not-stated', 'not-helpful')),
  shown TEXT NOT NULL CHECK (json_valid(shown)),
  revision_id TEXT REFERENCES pack_revisions (id),
  at TEXT NOT NULL
) STRICT;
INSERT INTO sealed_questions SELECT id, session_id, CAST(json_object('text', question) AS BLOB), locale,
  reason, shown, revision_id, at FROM unanswered_questions;
DROP TABLE unanswered_questions;
ALTER TABLE sealed_questions RENAME TO unanswered_questions;
CREATE INDEX unanswered_by_time ON unanswered_questions (at);

CREATE TABLE granted (
  id TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  session_id TEXT NOT NULL REFERENCES sessions (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('prescreen', 'application', 'sensitive')),
  version TEXT NOT NULL,
  granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
  at TEXT NOT NULL
) STRICT;
INSERT INTO granted SELECT id, contact_id, session_id, purpose, version, granted, at FROM consents;
DROP TABLE consents;
ALTER TABLE granted RENAME TO consents;
CREATE INDEX consents_by_contact ON consents (contact_id, at);

-- One-time ways from a channel that may not hold personal data to one that may. The token is kept hashed.
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  carried BLOB NOT NULL,
  expires_at TEXT NOT NULL,
  uses INTEGER NOT NULL DEFAULT 0 CONSTRAINT links_used_once CHECK (uses < 2)
) STRICT, WITHOUT ROWID;

-- What people asked of their own data, by receipt; the row outlives the person it was about.
CREATE TABLE data_requests (
  receipt TEXT PRIMARY KEY,
  contact_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('copy', 'correct', 'withdraw-consent', 'erase')),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX data_requests_by_contact ON data_requests (contact_id) WHERE contact_id IS NOT NULL;
`
