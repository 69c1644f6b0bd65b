/**
 * Lists of applications find their page in an index alone: the open ones in the order of review, those that have ended by
 * when they did.
 */
export const sql = `
DROP INDEX cases_open;
CREATE INDEX cases_open ON cases (programme_id, district, stage, has_key_group, key_group_jobs,
  in_low_income_village, completed_at, number, id) WHERE closed_at IS NULL;
CREATE INDEX cases_closed ON cases (programme_id, closed_at, number, district, id) WHERE closed_at IS NOT NULL;
`
