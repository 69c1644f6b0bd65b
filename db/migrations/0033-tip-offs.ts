/**
 * Tip-offs, apart from everything else: no column leads to a contact, an address, a turn or the audit, and days stand
 * where other tables have moments, since a moment would lead there too. Rows stand in the order of their chance ids.
 * `staff` and `staff_asks` are made anew, since a condition of a column cannot be changed: there is the role
 * supervision, which one administrator wants for somebody and another agrees to.
 */
export const sql = `
CREATE TABLE tip_offs (
  id TEXT PRIMARY KEY,
  number_index TEXT NOT NULL UNIQUE,
  word_index TEXT NOT NULL,
  body BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'read', 'working', 'closed')),
  version INTEGER NOT NULL DEFAULT 1,
  failures INTEGER NOT NULL DEFAULT 0 CONSTRAINT tip_offs_tries CHECK (failures BETWEEN 0 AND 5),
  day TEXT NOT NULL CHECK (length(day) = 10),
  moved_day TEXT NOT NULL CHECK (length(moved_day) = 10),
  told_day TEXT CHECK (length(told_day) = 10)
) STRICT, WITHOUT ROWID;

CREATE TABLE tip_off_messages (
  tip_off_id TEXT NOT NULL REFERENCES tip_offs (id),
  ordinal INTEGER NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('person', 'supervision')),
  body BLOB NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10),
  request_key TEXT UNIQUE,
  PRIMARY KEY (tip_off_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE tip_off_files (
  id TEXT PRIMARY KEY,
  tip_off_id TEXT REFERENCES tip_offs (id),
  mime TEXT NOT NULL,
  day TEXT NOT NULL CHECK (length(day) = 10)
) STRICT, WITHOUT ROWID;

CREATE TABLE tip_off_links (
  token_hash TEXT PRIMARY KEY,
  uses INTEGER NOT NULL DEFAULT 0 CONSTRAINT tip_off_links_once CHECK (uses < 2),
  last_day TEXT NOT NULL CHECK (length(last_day) = 10)
) STRICT, WITHOUT ROWID;

PRAGMA defer_foreign_keys = ON;
CREATE TABLE staff_kept AS SELECT * FROM staff;
DROP TABLE staff;
CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1)),
  image TEXT,
  two_factor_enabled INTEGER NOT NULL DEFAULT 0 CHECK (two_factor_enabled IN (0, 1)),
  role TEXT NOT NULL CHECK (role IN ('district-reviewer', 'city-reviewer', 'finance', 'publicity',
    'agent', 'provider', 'auditor', 'admin', 'supervision')),
  district TEXT,
  provider_id TEXT,
  disabled_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  CONSTRAINT staff_district CHECK (CASE role WHEN 'district-reviewer' THEN district IS NOT NULL
    WHEN 'finance' THEN TRUE WHEN 'agent' THEN TRUE ELSE district IS NULL END),
  CONSTRAINT staff_provider CHECK ((role = 'provider') = (provider_id IS NOT NULL))
) STRICT;
INSERT INTO staff SELECT * FROM staff_kept;
DROP TABLE staff_kept;

CREATE TABLE staff_asks_kept AS SELECT * FROM staff_asks;
DROP TABLE staff_asks;
CREATE TABLE staff_asks (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'authenticator', 'supervision')),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  asked_by TEXT NOT NULL REFERENCES staff (id),
  asked_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  agreed_by TEXT REFERENCES staff (id),
  agreements INTEGER NOT NULL DEFAULT 0 CONSTRAINT staff_asks_agreed_once CHECK (agreements < 2),
  confirmations INTEGER NOT NULL DEFAULT 0 CONSTRAINT staff_asks_confirmed_once CHECK (confirmations < 2),
  CONSTRAINT staff_asks_two_persons CHECK (agreed_by IS NULL OR (agreed_by <> asked_by AND agreed_by <> staff_id))
) STRICT, WITHOUT ROWID;
INSERT INTO staff_asks (id, kind, staff_id, asked_by, asked_at, expires_at, agreed_by, agreements, confirmations)
SELECT id, kind, staff_id, asked_by, asked_at, expires_at, agreed_by, agreements, confirmations FROM staff_asks_kept;
DROP TABLE staff_asks_kept;
CREATE INDEX staff_asks_by_staff ON staff_asks (staff_id, expires_at);

CREATE TRIGGER staff_supervision_by_two BEFORE UPDATE OF role ON staff
WHEN NEW.role = 'supervision' AND OLD.role <> 'supervision' AND NOT EXISTS (
  SELECT 1 FROM staff_asks WHERE staff_id = NEW.id AND kind = 'supervision' AND agreed_by IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: staff_supervision_by_two'); END;
CREATE TRIGGER staff_supervision_over AFTER UPDATE OF role ON staff
WHEN OLD.role = 'supervision' AND NEW.role <> 'supervision'
BEGIN DELETE FROM staff_asks WHERE staff_id = NEW.id AND kind = 'supervision'; END;
CREATE TRIGGER staff_supervision_alone BEFORE INSERT ON staff
WHEN NEW.role IN ('district-reviewer', 'city-reviewer', 'finance', 'admin', 'supervision') AND EXISTS (
  SELECT 1 FROM staff s WHERE s.disabled_at IS NULL AND lower(trim(s.name)) = lower(trim(NEW.name))
    AND (s.role = 'supervision') <> (NEW.role = 'supervision')
    AND s.role IN ('district-reviewer', 'city-reviewer', 'finance', 'admin', 'supervision'))
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: staff_supervision_alone'); END;
CREATE TRIGGER staff_supervision_stays_alone BEFORE UPDATE OF role, name, disabled_at ON staff
WHEN NEW.disabled_at IS NULL
  AND NEW.role IN ('district-reviewer', 'city-reviewer', 'finance', 'admin', 'supervision') AND EXISTS (
  SELECT 1 FROM staff s WHERE s.id <> NEW.id AND s.disabled_at IS NULL
    AND lower(trim(s.name)) = lower(trim(NEW.name)) AND (s.role = 'supervision') <> (NEW.role = 'supervision')
    AND s.role IN ('district-reviewer', 'city-reviewer', 'finance', 'admin', 'supervision'))
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: staff_supervision_alone'); END;
`
