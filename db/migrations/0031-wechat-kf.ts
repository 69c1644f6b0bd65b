/**
 * 微信客服. wechat_kf_accounts: where fetching stands (cursor), how often we were told of something (asked) and up to
 * where it has been fetched (done), and who fetches now. token: the word of the latest callback, good for ten minutes
 * and of no use without the account's secret. wechat_kf_people: the window of each person, the code that lets one
 * message through whatever the window (20 s), and who speaks with them (state).
 */
export const sql = `
CREATE TABLE wechat_kf_accounts (
  open_kfid TEXT PRIMARY KEY,
  cursor TEXT,
  token TEXT,
  token_until TEXT,
  asked INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  lease TEXT,
  leased_until TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE wechat_kf_people (
  user_id TEXT PRIMARY KEY,
  heard_at TEXT,
  sent INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  code_until TEXT,
  state INTEGER NOT NULL DEFAULT 0,
  state_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_network ON outbox (network_id) WHERE channel = 'wechat-kf';
`
