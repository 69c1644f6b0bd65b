/**
 * A ledger (台账) that was kept on paper or in a spreadsheet, on its way into ours. Its lines are sealed, and
 * gone when the import ends; line 0 is the headings. "cursor": the first line that is still to be looked at;
 * whoever moves it on without being first meets the constraint. "problems" names columns and reasons, never
 * what stood there. A case that came this way says so for good.
 */
export const sql = `
CREATE TABLE ledger_imports (
  id TEXT PRIMARY KEY,
  programme_id TEXT NOT NULL REFERENCES programmes (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  district TEXT,
  state TEXT NOT NULL CHECK (state IN ('arriving', 'mapping', 'checking', 'checked', 'running', 'done',
    'cancelled')),
  file_hash TEXT NOT NULL,
  lines INTEGER NOT NULL CHECK (lines > 0),
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  cursor INTEGER NOT NULL DEFAULT 1 CONSTRAINT ledger_import_cursor CHECK (cursor > 0),
  fresh INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  wrong INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_imports_by_time ON ledger_imports (programme_id, created_at);
CREATE INDEX ledger_imports_busy ON ledger_imports (state)
  WHERE state IN ('arriving', 'mapping', 'checking', 'checked', 'running');

CREATE TABLE ledger_import_lines (
  import_id TEXT NOT NULL REFERENCES ledger_imports (id),
  line INTEGER NOT NULL CHECK (line >= 0),
  cells BLOB,
  verdict TEXT CHECK (verdict IN ('fresh', 'known', 'wrong', 'added')),
  problems TEXT CHECK (json_valid(problems)),
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_import_lines_wrong ON ledger_import_lines (import_id, line) WHERE verdict = 'wrong';

ALTER TABLE cases ADD COLUMN import_id TEXT REFERENCES ledger_imports (id);
`
