/**
 * The official account: which deliveries came in, what may still be said to whom and why, the
 * consents to subscription messages, and the access token, sealed, with the lease to renew it. And
 * the events of any network that was told we have them before their turn was done, sealed.
 */
export const sql = `
CREATE TABLE wechat_deliveries (
  signature TEXT PRIMARY KEY,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX wechat_deliveries_by_time ON wechat_deliveries (at);

-- A window opens with what the person does; "sent" counts our messages since.
CREATE TABLE wechat_windows (
  open_id TEXT PRIMARY KEY,
  last_at TEXT NOT NULL,
  message_at TEXT,
  message_sent INTEGER NOT NULL DEFAULT 0,
  tap_at TEXT,
  tap_sent INTEGER NOT NULL DEFAULT 0,
  left_at TEXT
) STRICT, WITHOUT ROWID;

-- Each consent is good for one message; a lasting one is never spent.
CREATE TABLE wechat_credits (
  id TEXT PRIMARY KEY,
  open_id TEXT NOT NULL,
  template TEXT NOT NULL,
  granted_at TEXT NOT NULL,
  spent_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX wechat_credits_left ON wechat_credits (open_id, template) WHERE spent_at IS NULL;

CREATE TABLE wechat_tokens (
  app_id TEXT PRIMARY KEY,
  token BLOB,
  expires_at TEXT,
  leased_until TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE late_events (
  event_id TEXT PRIMARY KEY,
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX late_events_by_time ON late_events (at);
`
