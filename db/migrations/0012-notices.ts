/**
 * The outbox for many: "seq" is the order of the queue, "kind" what a notice is about, "priority" who goes
 * first. "body" is null where a campaign says what all its rows say. "parked": the row waits for an
 * earlier one of its address. "root_id": the notice that this one is sent in place of, on another
 * address. "handed_at": since when the network may have
 * what must not be sent twice. "doubted_at": once it may have arrived without our knowing. "left_at": nothing is left to do about its
 * failure. Besides: what became of a row that
 * did not go at once, the state that all dispatchers of a channel share, and what a person wants to hear.
 */
export const sql = `
CREATE TABLE outbox_queue (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('reply', 'notice')),
  kind TEXT CHECK (kind IN ('answer', 'case', 'voucher', 'staff', 'reminder', 'event', 'campaign')),
  template TEXT,
  campaign_id TEXT,
  priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 3),
  body BLOB,
  status TEXT NOT NULL CHECK (status IN ('created', 'sending', 'sent', 'delivered', 'temporary-failure',
    'permanent-failure', 'technical-failure', 'expired', 'in-doubt')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT NOT NULL,
  parked INTEGER NOT NULL DEFAULT 0 CHECK (parked IN (0, 1)),
  leased_until TEXT,
  handed_at TEXT,
  first_tried_at TEXT,
  sent_at TEXT,
  doubted_at TEXT,
  root_id TEXT,
  expires_at TEXT NOT NULL,
  network_id TEXT,
  last_error TEXT,
  left_at TEXT,
  created_at TEXT NOT NULL,
  FOREIGN KEY (channel, external_id) REFERENCES addresses (channel, external_id) ON UPDATE CASCADE,
  CONSTRAINT outbox_words CHECK (body IS NOT NULL OR campaign_id IS NOT NULL)
) STRICT;
INSERT INTO outbox_queue (seq, id, channel, external_id, origin, priority, body, status, attempts,
  next_attempt_at, leased_until, expires_at, network_id, last_error, created_at)
SELECT rowid, id, channel, external_id, origin, CASE origin WHEN 'notice' THEN 1 ELSE 0 END, body, status,
  attempts, next_attempt_at, leased_until, expires_at, network_id, last_error, created_at
FROM outbox ORDER BY rowid;
DROP TABLE outbox;
ALTER TABLE outbox_queue RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (channel, priority, next_attempt_at)
  WHERE status IN ('created', 'temporary-failure');
CREATE INDEX outbox_retried ON outbox (next_attempt_at) WHERE status = 'temporary-failure';
CREATE INDEX outbox_sending ON outbox (leased_until) WHERE status = 'sending';
CREATE INDEX outbox_failed ON outbox (status, left_at)
  WHERE status IN ('permanent-failure', 'technical-failure', 'expired', 'in-doubt');
CREATE INDEX outbox_by_address ON outbox (channel, external_id, status);
CREATE INDEX outbox_by_root ON outbox (root_id) WHERE root_id IS NOT NULL;

CREATE TABLE outbox_history (
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
  what TEXT NOT NULL,
  detail TEXT,
  staff_id TEXT REFERENCES staff (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_history_by_row ON outbox_history (seq);

CREATE TABLE outbox_channels (
  channel TEXT PRIMARY KEY,
  next_slot_ms INTEGER NOT NULL DEFAULT 0,
  paused_until TEXT,
  paused_why TEXT,
  sent INTEGER NOT NULL DEFAULT 0,
  last_sent_at TEXT,
  last_failed_at TEXT,
  last_failure TEXT
) STRICT, WITHOUT ROWID;

ALTER TABLE addresses ADD COLUMN next_send_at TEXT;

ALTER TABLE contacts ADD COLUMN preferred_channel TEXT;
ALTER TABLE contacts ADD COLUMN reminders_muted_at TEXT;
ALTER TABLE contacts ADD COLUMN events_muted_at TEXT;
ALTER TABLE contacts ADD COLUMN campaigns_muted_at TEXT;
ALTER TABLE contacts ADD COLUMN stopped_at TEXT;
UPDATE contacts SET reminders_muted_at = o.at, events_muted_at = o.at, campaigns_muted_at = o.at
FROM (SELECT contact_id, min(opted_out_at) AS at FROM addresses GROUP BY contact_id) o
WHERE o.contact_id = contacts.id AND o.at IS NOT NULL;
`
