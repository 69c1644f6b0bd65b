/**
 * While a hand-off is held ("released_at" is null) the bot is silent; a conversation has one of them at
 * most. Released by time it stays open in the inbox, until staff close it. "since_turn": the turn with which the
 * person began to wait for an answer; "due_at": when that has been too long, null while nobody waits.
 * "told_at": when the person last heard why nobody speaks. "flow": what was talking when it was opened.
 * Hand-offs of before never kept the bot silent. "handoff_posts": what the staff's Telegram group was told, and by
 * which message of theirs, so that a reply to it finds its way. "handoff_desk_answers": answers that were not
 * written in the console, by the name under which they came.
 */
export const sql = `
ALTER TABLE handoffs ADD COLUMN flow TEXT;
ALTER TABLE handoffs ADD COLUMN since_turn INTEGER;
ALTER TABLE handoffs ADD COLUMN due_at TEXT;
ALTER TABLE handoffs ADD COLUMN told_at TEXT;
ALTER TABLE handoffs ADD COLUMN first_answered_at TEXT;
ALTER TABLE handoffs ADD COLUMN answered_at TEXT;
ALTER TABLE handoffs ADD COLUMN released_at TEXT;
ALTER TABLE handoffs ADD COLUMN released_by TEXT
  CHECK (released_by IN ('person', 'staff', 'time', 'upgrade'));
UPDATE handoffs SET released_at = coalesce(closed_at, opened_at), released_by = 'upgrade';
CREATE UNIQUE INDEX handoffs_held ON handoffs (session_id) WHERE released_at IS NULL;
CREATE INDEX handoffs_due ON handoffs (due_at) WHERE released_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX handoffs_answered ON handoffs (first_answered_at) WHERE first_answered_at IS NOT NULL;

CREATE TABLE handoff_desk_answers (
  id TEXT PRIMARY KEY,
  handoff_id TEXT NOT NULL REFERENCES handoffs (id),
  by TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX handoff_desk_answers_by_handoff ON handoff_desk_answers (handoff_id);

CREATE TABLE handoff_posts (
  handoff_id TEXT NOT NULL REFERENCES handoffs (id),
  turn INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('waiting', 'late')),
  chat_id TEXT NOT NULL,
  message_id INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  leased_until TEXT NOT NULL,
  PRIMARY KEY (handoff_id, turn, kind),
  UNIQUE (chat_id, message_id)
) STRICT, WITHOUT ROWID;
`
