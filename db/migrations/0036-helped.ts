/** What people say of an answer by staff once their hand-off is closed: that it helped them, or that it did not. */
export const sql = `
ALTER TABLE handoffs ADD COLUMN helped INTEGER CHECK (helped IN (0, 1));
CREATE INDEX handoffs_by_session ON handoffs (session_id, closed_at);
`
