/**
 * `version` counts every change of what a conversation remembers and of whose it is. Who writes either without
 * raising it, or upon an older version than the stored one, fails as a whole: a change is never lost in silence.
 */
export const sql = `
ALTER TABLE sessions ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER sessions_version BEFORE UPDATE OF memory, contact_id, version ON sessions WHEN NEW.version IS NOT OLD.version + 1
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: sessions_version'); END;
`
