/**
 * Staff, their sign-in (the tables of better-auth, TOTP secrets sealed by it), one-time links, the audit
 * chain, and what staff do with hand-offs. A `;` inside a trigger stands in mid-line.
 */
export const sql = `
CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
  image TEXT,
  two_factor_enabled INTEGER NOT NULL DEFAULT 0 CHECK (two_factor_enabled IN (0, 1)),
  role TEXT NOT NULL CHECK (role IN ('district-reviewer', 'city-reviewer', 'finance', 'publicity',
    'agent', 'provider', 'auditor', 'admin')),
  district TEXT,
  provider_id TEXT,
  disabled_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT staff_district CHECK (CASE role WHEN 'district-reviewer' THEN district IS NOT NULL
    WHEN 'finance' THEN TRUE WHEN 'agent' THEN TRUE ELSE district IS NULL END),
  CONSTRAINT staff_provider CHECK ((role = 'provider') = (provider_id IS NOT NULL))
) STRICT;

CREATE TABLE staff_sessions (
  id TEXT PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  expires_at TEXT NOT NULL,
  ip_address TEXT,
  user_agent TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

CREATE TABLE staff_accounts (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  password TEXT,
  access_token TEXT,
  refresh_token TEXT,
  id_token TEXT,
  access_token_expires_at TEXT,
  refresh_token_expires_at TEXT,
  scope TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (provider_id, account_id)
) STRICT;

CREATE TABLE staff_verifications (
  id TEXT PRIMARY KEY,
  identifier TEXT NOT NULL,
  value TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX staff_verifications_by_identifier ON staff_verifications (identifier);

CREATE TABLE staff_two_factors (
  id TEXT PRIMARY KEY,
  secret TEXT NOT NULL,
  backup_codes TEXT NOT NULL,
  staff_id TEXT NOT NULL UNIQUE REFERENCES staff (id),
  verified INTEGER NOT NULL DEFAULT 1 CHECK (verified IN (0, 1)),
  failed_verification_count INTEGER NOT NULL DEFAULT 0,
  locked_until TEXT
) STRICT;

-- One link a person: a newer one takes the place of the older. The token is kept hashed.
CREATE TABLE staff_links (
  staff_id TEXT PRIMARY KEY REFERENCES staff (id),
  token_hash TEXT NOT NULL UNIQUE,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each entry names the one before it by its hash: nothing can be changed or left out unseen.
CREATE TABLE audit_entries (
  ordinal INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before_hash TEXT,
  after_hash TEXT,
  reason TEXT,
  previous_hash TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_by_subject ON audit_entries (subject, ordinal);
CREATE INDEX audit_by_actor ON audit_entries (actor, ordinal);
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
BEGIN SELECT raise(ABORT, 'an audit entry is never changed'); END;
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries
BEGIN SELECT raise(ABORT, 'an audit entry is never deleted'); END;

CREATE TABLE handoff_work (
  handoff_id TEXT PRIMARY KEY REFERENCES handoffs (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  taken_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE handoff_notes (
  id TEXT PRIMARY KEY,
  handoff_id TEXT NOT NULL REFERENCES handoffs (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX handoff_notes_by_handoff ON handoff_notes (handoff_id, at);

-- Who answered: the words are in the outbox and in the transcript, under the same id.
CREATE TABLE handoff_answers (
  id TEXT PRIMARY KEY,
  handoff_id TEXT NOT NULL REFERENCES handoffs (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX handoff_answers_by_handoff ON handoff_answers (handoff_id);
`
