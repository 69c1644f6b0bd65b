/** What belongs to a person is found without looking at everybody's: /link, erasure, the retention sweep. */
export const sql = `
CREATE INDEX sessions_by_contact ON sessions (contact_id);
CREATE INDEX consents_by_session ON consents (session_id);
CREATE INDEX unanswered_by_session ON unanswered_questions (session_id);
CREATE INDEX links_by_contact ON links (contact_id);
`
