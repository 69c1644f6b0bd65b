/** "left_out": cells that stood far from the table and were not taken. */
export const sql = `
ALTER TABLE ledger_imports ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0 CHECK (left_out >= 0);
`
