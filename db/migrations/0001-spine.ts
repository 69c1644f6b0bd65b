/** Contacts, conversations, outbox, policy. Times are ISO strings in UTC; JSON columns hold what zod wrote. */
export const sql = `
CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  locale TEXT NOT NULL CHECK (locale IN ('zh-Hans', 'en')),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE addresses (
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  reachable INTEGER NOT NULL DEFAULT 1 CHECK (reachable IN (0, 1)),
  opted_out_at TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (channel, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_contact ON addresses (contact_id);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  turn INTEGER NOT NULL CHECK (turn >= 0),
  status TEXT NOT NULL CHECK (status IN ('waiting', 'failed')),
  state TEXT NOT NULL CHECK (json_valid(state)),
  offered TEXT NOT NULL CHECK (json_valid(offered)),
  updated_at TEXT NOT NULL,
  UNIQUE (channel, external_id),
  FOREIGN KEY (channel, external_id) REFERENCES addresses (channel, external_id) ON UPDATE CASCADE
) STRICT;

-- The primary key is the lock of a conversation, the unique event id its memory.
CREATE TABLE turns (
  session_id TEXT NOT NULL REFERENCES sessions (id),
  turn INTEGER NOT NULL,
  event_id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  replies INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (session_id, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  turn INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  body TEXT NOT NULL CHECK (json_valid(body)),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_session ON messages (session_id, turn, ordinal);

CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  external_id TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('reply', 'notice')),
  body TEXT NOT NULL CHECK (json_valid(body)),
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
CREATE INDEX outbox_open ON outbox (next_attempt_at) WHERE status IN ('created', 'sending', 'temporary-failure');
CREATE INDEX outbox_by_address ON outbox (channel, external_id)
  WHERE status IN ('created', 'sending', 'temporary-failure');

CREATE TABLE handoffs (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  turn INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'not-answered', 'bug')),
  opened_at TEXT NOT NULL,
  closed_at TEXT
) STRICT;
CREATE INDEX handoffs_open ON handoffs (opened_at) WHERE closed_at IS NULL;

CREATE TABLE unanswered_questions (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id),
  question TEXT NOT NULL,
  locale TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unsure', 'refused', 'not-stated', 'not-helpful')),
  shown TEXT NOT NULL CHECK (json_valid(shown)),
  revision_id TEXT REFERENCES pack_revisions (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX unanswered_by_time ON unanswered_questions (at);

CREATE TABLE programmes (
  id TEXT PRIMARY KEY,
  current_revision TEXT REFERENCES pack_revisions (id)
) STRICT;

-- A revision is never changed, so that an old answer can be read as it was given.
CREATE TABLE pack_revisions (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  loaded_at TEXT NOT NULL
) STRICT;

CREATE TABLE clauses (
  revision_id TEXT NOT NULL REFERENCES pack_revisions (id),
  id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (revision_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE faqs (
  revision_id TEXT NOT NULL REFERENCES pack_revisions (id),
  id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  topic TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('plan', 'not-stated')),
  clauses TEXT NOT NULL CHECK (json_valid(clauses)),
  sources TEXT NOT NULL CHECK (json_valid(sources)),
  related TEXT NOT NULL CHECK (json_valid(related)),
  words TEXT NOT NULL CHECK (json_valid(words)),
  PRIMARY KEY (revision_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE faq_variants (
  revision_id TEXT NOT NULL,
  faq_id TEXT NOT NULL,
  locale TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (revision_id, faq_id, locale, ordinal),
  FOREIGN KEY (revision_id, faq_id) REFERENCES faqs (revision_id, id)
) STRICT, WITHOUT ROWID;
`
