/**
 * The picture of a broadcast; its bytes are a blob of the same id, which nobody can guess. "booked_by": the
 * process that has booked a channel's time until "next_slot_ms". The indexes hold all that fixing a broadcast's
 * recipients reads of somebody.
 */
export const sql = `
CREATE TABLE campaign_images (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('arriving', 'kept')),
  mime TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at TEXT NOT NULL
) STRICT;

ALTER TABLE outbox_channels ADD COLUMN booked_by TEXT;

DROP INDEX addresses_by_contact;
CREATE INDEX addresses_by_contact ON addresses (contact_id, reachable);
CREATE INDEX contacts_told ON contacts (id, created_at)
  WHERE stopped_at IS NULL AND campaigns_muted_at IS NULL;
`
