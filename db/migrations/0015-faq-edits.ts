/**
 * Answers edited by staff: a revision says which loaded pack it stands on, drafts wait to be published,
 * and each publication is an edition that can be undone. Questions that were not answered well are
 * settled, and staff keep ready-made answers for the inbox.
 */
export const sql = `
ALTER TABLE pack_revisions ADD COLUMN base_revision TEXT REFERENCES pack_revisions (id);

-- The text is sealed: it may have begun as the words of a person.
CREATE TABLE faq_drafts (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  entry_id TEXT NOT NULL,
  base_hash TEXT NOT NULL,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  body BLOB NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX faq_drafts_by_time ON faq_drafts (programme_id, updated_at);

CREATE TABLE faq_editions (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  entry_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'edit', 'undo')),
  revision_id TEXT NOT NULL UNIQUE REFERENCES pack_revisions (id),
  previous_revision TEXT NOT NULL REFERENCES pack_revisions (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  note TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX faq_editions_by_time ON faq_editions (programme_id, at);
CREATE INDEX faq_editions_by_entry ON faq_editions (entry_id, at);

ALTER TABLE unanswered_questions ADD COLUMN settled_at TEXT;
ALTER TABLE unanswered_questions ADD COLUMN settled_by TEXT REFERENCES staff (id);
ALTER TABLE unanswered_questions ADD COLUMN outcome TEXT CHECK (outcome IN ('solved', 'dismissed'));
CREATE INDEX unanswered_open ON unanswered_questions (at) WHERE settled_at IS NULL;

-- Words of the office, not of a person. Without a district they are the city's, for everybody.
CREATE TABLE canned_answers (
  id TEXT PRIMARY KEY,
  district TEXT,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  version INTEGER NOT NULL,
  updated_by TEXT NOT NULL REFERENCES staff (id),
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX canned_answers_by_district ON canned_answers (district, title);
`
