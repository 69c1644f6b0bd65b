import type { Database, SqlValue, Statement } from '../core/database.ts'

/** One publication of an answer by staff: what it was before and after stands in the two revisions. */
export type FaqEdition = {
  id: string
  entryId: string
  kind: 'new' | 'edit' | 'undo'
  revision: string
  previousRevision: string
  by: { id: string; name: string }
  note: string
  at: string
}

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
  filter: { entryId?: string; limit: number },
): Promise<FaqEdition[]> {
  const { entryId, limit } = filter
  return load(
    db,
    `e.programme_id = ? ${entryId === undefined ? '' : 'AND e.entry_id = ?'} ORDER BY e.at DESC, e.rowid DESC LIMIT ?`,
    [programme, ...(entryId === undefined ? [] : [entryId]), limit],
  )
}

/** One publication. */
export async function findEdition(db: Database, id: string): Promise<FaqEdition | null> {
  const [found] = await load(db, 'e.id = ?', [id])
  return found ?? null
}

async function load(db: Database, condition: string, args: readonly SqlValue[]) {
  const [rows = []] = await db.read([
    {
      sql: `SELECT e.id, e.entry_id, e.kind, e.revision_id, e.previous_revision, e.staff_id, s.name, e.note, e.at
        FROM faq_editions e JOIN staff s ON s.id = e.staff_id WHERE ${condition}`,
      args,
    },
  ])
  return rows.map(
    ([id, entryId, kind, revision, previous, staffId, name, note, at]): FaqEdition => ({
      id: String(id),
      entryId: String(entryId),
      kind: kind as FaqEdition['kind'],
      revision: String(revision),
      previousRevision: String(previous),
      by: { id: String(staffId), name: String(name) },
      note: String(note),
      at: String(at),
    }),
  )
}
