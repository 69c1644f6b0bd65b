/**
 * Broadcasts. "recipients" are fixed when a campaign starts; they enter the outbox a few at a time, so
 * that pausing touches little and nobody else's messages wait behind a million rows. "cursor" is how far
 * the people of the city have been looked through, "fed_to" how far a channel's recipients have entered
 * the outbox. "contact_traits" are blind indexes of what an application says, for choosing whom to tell,
 * of the case's version "traits_version".
 */
export const sql = `
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'waiting', 'scheduled', 'starting', 'sending', 'paused', 'finished', 'cancelled')),
  version INTEGER NOT NULL DEFAULT 1,
  title TEXT NOT NULL,
  district TEXT,
  segment TEXT NOT NULL CHECK (json_valid(segment)),
  content TEXT NOT NULL CHECK (json_valid(content)),
  author_id TEXT NOT NULL REFERENCES staff (id),
  approver_id TEXT REFERENCES staff (id),
  starts_at TEXT,
  cursor TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  started_at TEXT,
  fixed_at TEXT,
  finished_at TEXT,
  CONSTRAINT campaigns_two_persons CHECK (approver_id IS NULL OR approver_id <> author_id)
) STRICT;
CREATE INDEX campaigns_by_state ON campaigns (state, starts_at);

-- What was done with a campaign; its key is the lock.
CREATE TABLE campaign_events (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  version INTEGER NOT NULL,
  what TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  at TEXT NOT NULL,
  PRIMARY KEY (campaign_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_recipients (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  channel TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  external_id TEXT NOT NULL,
  PRIMARY KEY (campaign_id, channel, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_channels (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  channel TEXT NOT NULL,
  recipients INTEGER NOT NULL,
  fed INTEGER NOT NULL DEFAULT 0,
  fed_to TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (campaign_id, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_answers (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  contact_id TEXT NOT NULL,
  what TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (campaign_id, contact_id, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE campaign_lists (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  district TEXT,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL
) STRICT;
CREATE TABLE campaign_list_members (
  list_id TEXT NOT NULL REFERENCES campaign_lists (id),
  contact_id TEXT NOT NULL,
  PRIMARY KEY (list_id, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_traits (
  trait TEXT NOT NULL,
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  case_id TEXT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (trait, contact_id, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_traits_by_contact ON contact_traits (contact_id);
CREATE INDEX contact_traits_by_case ON contact_traits (case_id);
ALTER TABLE cases ADD COLUMN traits_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX cases_without_traits ON cases (id) WHERE traits_version <> version;

CREATE INDEX outbox_by_campaign ON outbox (campaign_id, channel, status) WHERE campaign_id IS NOT NULL;
`
