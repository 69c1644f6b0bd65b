import type { Locale } from '../../locales/keys.ts'
import type { Database, Statement } from '../core/database.ts'
import { insertInto, parsed, query, type RowOf, shape } from '../core/query.ts'
import { cannedAnswers } from '../schema/handoffs.ts'

const CANNED = shape({
  id: cannedAnswers.id,
  district: cannedAnswers.district,
  title: cannedAnswers.title,
  words: parsed(cannedAnswers.words, (json): Readonly<Record<Locale, string>> => JSON.parse(json)),
  version: cannedAnswers.version,
})
/** An answer kept ready for the inbox; `district` null: the city's, which every office may use. */
export type CannedAnswer = RowOf<typeof CANNED>

/** The ready-made answers that somebody may use: the city's and their district's; the whole city's staff see all. */
export async function listCanned(
  db: Database,
  eyes: { district: string | null },
): Promise<CannedAnswer[]> {
  const all = `SELECT ${CANNED.columns} FROM canned_answers
    WHERE ${eyes.district === null ? 'TRUE' : '(district IS NULL OR district = ?)'}
    ORDER BY district IS NULL, title, id`
  return query(db, all, eyes.district === null ? [] : [eyes.district], CANNED)
}

/** One that this person may change: staff of a district change their own district's only. */
export async function findOwnCanned(
  db: Database,
  eyes: { district: string | null },
  id: string,
): Promise<CannedAnswer | null> {
  const found = (await listCanned(db, eyes)).find((one) => one.id === id)
  if (found === undefined) return null
  return eyes.district === null || found.district === eyes.district ? found : null
}

/** Adds one (`version` 1). */
export function insertCanned(canned: CannedAnswer, staffId: string, at: string): Statement {
  const words = JSON.stringify(canned.words)
  return insertInto(cannedAnswers, { ...canned, words, updatedBy: staffId, updatedAt: at })
}

/**
 * Changes one that is still at `version`. Constraint `canned_answers.version`: somebody else was faster,
 * and nothing is written.
 */
export function updateCanned(canned: CannedAnswer, staffId: string, at: string): Statement {
  return {
    sql: `UPDATE canned_answers SET title = ?, words = ?, updated_by = ?, updated_at = ?,
      version = CASE version WHEN ? THEN version + 1 END WHERE id = ?`,
    args: [canned.title, JSON.stringify(canned.words), staffId, at, canned.version, canned.id],
  }
}

/** Removes one. */
export function removeCanned(id: string): Statement {
  return { sql: 'DELETE FROM canned_answers WHERE id = ?', args: [id] }
}
