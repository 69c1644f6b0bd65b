/**
 * An application under an identity number of which another chat has one: it is taken like any other, so that nobody
 * learns by trying numbers who applied, and staff see both. One chat, or chats that are linked, still has one.
 */
export const sql = `
ALTER TABLE cases ADD COLUMN is_double INTEGER NOT NULL DEFAULT 0 CHECK (is_double IN (0, 1));
DROP INDEX cases_one_per_person;
CREATE UNIQUE INDEX cases_one_per_person ON cases (programme_id, identity_index)
  WHERE identity_index IS NOT NULL AND is_double = 0 AND (outcome IS NULL OR outcome = 'granted');
`
