/** Who is to get another way in may say yes in their own chat, in place of a second administrator; once, by either. */
export const sql = `
ALTER TABLE staff_asks ADD COLUMN confirmations INTEGER NOT NULL DEFAULT 0
  CONSTRAINT staff_asks_confirmed_once CHECK (confirmations < 2);
`
