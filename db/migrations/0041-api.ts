/**
 * The door for other systems. A key is kept as a hash; `window_at` and `hits` count its requests of the running minute;
 * with `waits` it opens nothing until a second administrator has agreed.
 * `api_requests`: what a request with an Idempotency-Key came to; `status` null while it is being done. `api_proposals`:
 * a move that a key proposes and two members of staff confirm.
 */
export const sql = `
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  district TEXT,
  scopes TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  per_minute INTEGER NOT NULL CONSTRAINT api_keys_rate CHECK (per_minute BETWEEN 1 AND 6000),
  created_by TEXT REFERENCES staff (id),
  waits INTEGER NOT NULL DEFAULT 0,
  agreed_by TEXT REFERENCES staff (id) CONSTRAINT api_keys_two_persons CHECK (agreed_by IS NULL OR agreed_by <> created_by),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  last_used_at TEXT,
  window_at TEXT NOT NULL,
  hits INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE api_requests (
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  idempotency TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER,
  answer TEXT,
  leased_until TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (key_id, idempotency)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_requests_by_age ON api_requests (at);

CREATE TABLE api_proposals (
  id TEXT PRIMARY KEY,
  key_id TEXT NOT NULL REFERENCES api_keys (id),
  case_id TEXT NOT NULL REFERENCES cases (id),
  move TEXT NOT NULL,
  reasons TEXT NOT NULL,
  missing TEXT NOT NULL,
  note BLOB,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CONSTRAINT api_proposals_state CHECK (state IN ('open', 'made', 'refused', 'stale')),
  proposed_at TEXT NOT NULL,
  agreed INTEGER NOT NULL DEFAULT 0 CONSTRAINT api_proposals_agreed_once CHECK (agreed < 2),
  first_by TEXT REFERENCES staff (id),
  first_at TEXT,
  decided_by TEXT REFERENCES staff (id),
  decided_at TEXT,
  CONSTRAINT api_proposals_two_persons CHECK (
    state <> 'made' OR (first_by IS NOT NULL AND decided_by IS NOT NULL AND first_by <> decided_by)
  )
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_proposals_open ON api_proposals (case_id) WHERE state = 'open';
CREATE INDEX api_proposals_by_time ON api_proposals (proposed_at);
`
