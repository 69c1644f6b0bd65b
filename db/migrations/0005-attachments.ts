/**
 * Files that people sent. A row is there before the bytes are ('arriving') and stays until they are gone
 * ('dropped'), so that whatever a crash leaves behind is found by its row. The bytes (in "blobs", or
 * outside the database) and the name are sealed; "source" is the blind index of what brought the file, so
 * that the same delivery is kept once. Without an address: handed over, and not spoken of yet.
 */
export const sql = `
CREATE TABLE attachments (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  channel TEXT NOT NULL,
  external_id TEXT,
  contact_id TEXT REFERENCES contacts (id),
  case_id TEXT REFERENCES cases (id),
  document TEXT,
  status TEXT NOT NULL CHECK (status IN ('arriving', 'loose', 'taken', 'dropped')),
  mime TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  name BLOB,
  created_at TEXT NOT NULL,
  dropped_at TEXT,
  CHECK (status != 'taken' OR (contact_id IS NOT NULL AND document IS NOT NULL)),
  CHECK ((status = 'dropped') = (dropped_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX attachments_kept_once ON attachments (source) WHERE status IN ('loose', 'taken');
CREATE INDEX attachments_by_address ON attachments (channel, external_id);
CREATE INDEX attachments_by_contact ON attachments (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX attachments_by_case ON attachments (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX attachments_by_age ON attachments (status, created_at);

CREATE TABLE blobs (
  key TEXT NOT NULL,
  part INTEGER NOT NULL CHECK (part >= 0),
  bytes BLOB NOT NULL,
  PRIMARY KEY (key, part)
) STRICT;
`
