import type { Database, Statement } from '../core/database.ts'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS
/** Nothing arrives for so long, and nothing is handed over so long before it is spoken of. */
const ARRIVING_SECONDS = HOUR_SECONDS
/** A file that no step asked for. */
const LOOSE_SECONDS = 7 * DAY_SECONDS
/** Papers for an application that is not handed in; as long as a half-filled form is found again. */
const UNUSED_SECONDS = 180 * DAY_SECONDS
/** Files removed in one sweep. */
const SWEPT_AT_ONCE = 100

/** A dropped row says nothing of anybody; it only remembers that its bytes are still there. */
const DROP = `UPDATE attachments SET status = 'dropped', dropped_at = ?,
  external_id = NULL, contact_id = NULL, case_id = NULL, document = NULL, name = NULL`

/**
 * Drops files, in the batch of whoever decides it; from then on nobody can read them, and the next
 * sweep removes the bytes. `attachmentId`: only where it is that contact's. `contactId` alone: what the
 * person sent and no case holds; to be run while the person's addresses are still there.
 */
export function dropAttachments(
  which: { contactId: string } | { caseId: string } | { attachmentId: string; contactId: string },
  at: string,
): Statement {
  const kept = `status IN ('loose', 'taken')`
  if ('attachmentId' in which) {
    const { attachmentId, contactId } = which
    return {
      sql: `${DROP} WHERE ${kept} AND id = ? AND contact_id = ?`,
      args: [at, attachmentId, contactId],
    }
  }
  if ('caseId' in which) {
    return { sql: `${DROP} WHERE ${kept} AND case_id = ?`, args: [at, which.caseId] }
  }
  return {
    sql: `${DROP} WHERE ${kept} AND case_id IS NULL AND (contact_id = ?
      OR (contact_id IS NULL AND (channel, external_id) IN
        (SELECT channel, external_id FROM addresses WHERE contact_id = ?)))`,
    args: [at, which.contactId, which.contactId],
  }
}

/** Drops what came to nothing, and names the files whose bytes are to be removed. */
export async function takeDropped(db: Database, now: string): Promise<string[]> {
  const [, rows = []] = await db.write([
    {
      sql: `${DROP} WHERE (created_at < ?
          AND (status = 'arriving' OR (status = 'loose' AND external_id IS NULL)))
        OR (status = 'loose' AND created_at < ?)
        OR (status = 'taken' AND case_id IS NULL AND created_at < ?)`,
      args: [
        now,
        secondsBefore(now, ARRIVING_SECONDS),
        secondsBefore(now, LOOSE_SECONDS),
        secondsBefore(now, UNUSED_SECONDS),
      ],
    },
    {
      sql: `SELECT id FROM attachments WHERE status = 'dropped' LIMIT ${SWEPT_AT_ONCE}`,
      args: [],
    },
  ])
  return rows.map(([id]) => String(id))
}

/** The bytes are gone: so is the row. */
export async function forgetDropped(db: Database, id: string): Promise<void> {
  await db.write([
    { sql: `DELETE FROM attachments WHERE id = ? AND status = 'dropped'`, args: [id] },
  ])
}

/** A file that did not come to be, while it arrived. */
export function dropArriving(id: string, at: string): Statement {
  return { sql: `${DROP} WHERE id = ? AND status = 'arriving'`, args: [at, id] }
}

function secondsBefore(at: string, seconds: number): string {
  return new Date(Date.parse(at) - seconds * 1000).toISOString()
}
