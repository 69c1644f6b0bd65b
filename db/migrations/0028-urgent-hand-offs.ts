/**
 * "urgent": what was heard in a person's words that staff should look at before all else. It names nobody and quotes
 * nothing; a later one in the same hand-off does not take a former one away.
 */
export const sql = `
ALTER TABLE handoffs ADD COLUMN urgent TEXT CHECK (urgent IN ('distress', 'threat'));
`
