import type { Database, Statement } from '../core/database.ts'
import { alias } from '../core/drizzle.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { first, type RowOf, shape } from '../core/query.ts'
import { faqEditions } from '../schema/knowledge.ts'
import { staff } from '../schema/staff.ts'

const e = alias(faqEditions, 'e')
const EDITION = shape({
  id: e.id,
  entryId: e.entryId,
  kind: e.kind,
  revision: e.revisionId,
  previousRevision: e.previousRevision,
  by: { id: e.staffId, name: alias(staff, 's').name },
  note: e.note,
  at: e.at,
})
const FROM = 'faq_editions e JOIN staff s ON s.id = e.staff_id'

/** One publication of an answer by staff: what it was before and after stands in the two revisions. */
export type FaqEdition = RowOf<typeof EDITION>

/** Writes a publication down. */
export function insertEdition(
  programme: string,
  edition: Omit<FaqEdition, 'by'> & { staffId: string },
): Statement {
  return {
    sql: `INSERT INTO faq_editions (id, programme_id, entry_id, kind, revision_id, previous_revision, staff_id, note, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      edition.id,
      programme,
      edition.entryId,
      edition.kind,
      edition.revision,
      edition.previousRevision,
      edition.staffId,
      edition.note,
      edition.at,
    ],
  }
}

/** The publications of a programme, or of one of its entries, newest first. */
export async function listEditions(
  db: Database,
  programme: string,
  { entryId, limit, cursor }: { entryId?: string; limit: number; cursor?: string },
): Promise<ListPage<FaqEdition>> {
  return listPage(db, {
    shape: EDITION,
    from: FROM,
    where: {
      sql: `e.programme_id = ? ${entryId === undefined ? '' : 'AND e.entry_id = ?'}`,
      args: [programme, ...(entryId === undefined ? [] : [entryId])],
    },
    order: [
      { sql: 'e.at', desc: true },
      { sql: 'e.rowid', desc: true },
    ],
    cursor,
    limit,
  })
}

/** One publication. */
export function findEdition(db: Database, id: string): Promise<FaqEdition | null> {
  return first(db, `SELECT ${EDITION.columns} FROM ${FROM} WHERE e.id = ?`, [id], EDITION)
}
