/**
 * Events, who comes, and which district has which publicity month. `going` follows the sign-ups by
 * triggers: its CHECK is what keeps an event from being overfull, whoever signs up at once. A `;` inside a
 * trigger stands in mid-line.
 */
export const sql = `
CREATE TABLE events (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  district TEXT NOT NULL,
  kind TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  title_en TEXT NOT NULL,
  about_zh TEXT NOT NULL,
  about_en TEXT NOT NULL,
  place_zh TEXT NOT NULL,
  place_en TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL CHECK (ends_at > starts_at),
  capacity INTEGER CHECK (capacity BETWEEN 1 AND 100000),
  going INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'cancelled', 'held')),
  version INTEGER NOT NULL DEFAULT 1,
  sequence INTEGER NOT NULL DEFAULT 0,
  check_in_key TEXT NOT NULL UNIQUE,
  reached INTEGER CHECK (reached >= 0),
  also_came INTEGER CHECK (also_came >= 0),
  gone_attended INTEGER NOT NULL DEFAULT 0,
  last_number INTEGER NOT NULL DEFAULT 0,
  reported_at TEXT,
  staff_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT event_never_overfull CHECK (capacity IS NULL OR going <= capacity),
  CHECK ((state = 'held') = (reported_at IS NOT NULL))
) STRICT;
CREATE INDEX events_by_time ON events (programme_id, starts_at);
CREATE INDEX events_by_district ON events (programme_id, district, starts_at);

-- Its key is what two editors at once meet.
CREATE TABLE event_changes (
  event_id TEXT NOT NULL REFERENCES events (id),
  version INTEGER NOT NULL,
  action TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (event_id, version)
) STRICT;

CREATE TABLE event_signups (
  id TEXT NOT NULL UNIQUE,
  event_id TEXT NOT NULL REFERENCES events (id),
  contact_id TEXT NOT NULL REFERENCES contacts (id),
  state TEXT NOT NULL CHECK (state IN ('going', 'waiting', 'cancelled')),
  number INTEGER NOT NULL CHECK (number > 0),
  signed_up_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  walk_in INTEGER NOT NULL DEFAULT 0 CHECK (walk_in IN (0, 1)),
  moved_up_at TEXT,
  told_sequence INTEGER NOT NULL,
  told_day TEXT,
  told_hours TEXT,
  asked_at TEXT,
  checked_in_at TEXT,
  checked_in_by TEXT,
  stars INTEGER CHECK (stars BETWEEN 1 AND 5),
  words BLOB,
  rated_at TEXT,
  PRIMARY KEY (event_id, contact_id),
  UNIQUE (event_id, number)
) STRICT;
CREATE INDEX event_signups_by_contact ON event_signups (contact_id);
CREATE INDEX event_signups_moved_up ON event_signups (moved_up_at) WHERE moved_up_at IS NOT NULL;
CREATE INDEX event_signups_waiting ON event_signups (event_id, number) WHERE state = 'waiting';

CREATE TRIGGER event_signups_add AFTER INSERT ON event_signups WHEN new.state = 'going' BEGIN
  UPDATE events SET going = going + 1 WHERE id = new.event_id; END;
CREATE TRIGGER event_signups_change AFTER UPDATE OF state ON event_signups
WHEN (old.state = 'going') <> (new.state = 'going') BEGIN
  UPDATE events SET going = going + iif(new.state = 'going', 1, -1) WHERE id = new.event_id; END;
CREATE TRIGGER event_signups_drop AFTER DELETE ON event_signups WHEN old.state = 'going' BEGIN
  UPDATE events SET going = going - 1 WHERE id = old.event_id; END;

-- Places that somebody is being told of; for seconds.
CREATE TABLE event_holds (
  event_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (event_id, contact_id)
) STRICT;

CREATE TABLE event_districts (
  contact_id TEXT PRIMARY KEY REFERENCES contacts (id),
  district TEXT NOT NULL
) STRICT;

CREATE TABLE publicity_months (
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  district TEXT NOT NULL,
  month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
  updated_at TEXT NOT NULL,
  PRIMARY KEY (programme_id, year, district)
) STRICT;
`
