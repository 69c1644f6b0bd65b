/**
 * The gateway that holds a personal account's login: who it is and how it is ("state" is what
 * bots/wechat/wire.ts parsed), and the nonces of its signed requests, each good for one.
 */
export const sql = `
CREATE TABLE gateways (
  channel TEXT PRIMARY KEY,
  gateway TEXT NOT NULL,
  state TEXT NOT NULL CHECK (json_valid(state)),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gateway_nonces (
  nonce TEXT PRIMARY KEY,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_nonces_by_time ON gateway_nonces (at);
`
