import type { Address } from '../../flows/engine/types.ts'
import type { Blobs } from '../core/blobs.ts'
import { SAME_CIRCLE } from '../core/circles.ts'
import { ConstraintError, type Database, type SqlValue, type Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

/** Files of one address that nothing has taken yet; more is no applicant's. */
const MOST_UNTAKEN = 40

/** A file as it arrives. `from` null: handed over by a gateway, and not spoken of yet. */
export type NewAttachment = {
  id: string
  /** What brought it, as `vault.index` gives it: the same source is kept once. */
  source: string
  channel: Address['channel']
  from: Address | null
  mime: string
  size: number
  name: string | null
  at: string
}

/** Makes the row that is there before the bytes are. False where the address has too many untaken. */
export async function beginAttachment(
  db: Database,
  vault: Vault,
  file: NewAttachment,
): Promise<boolean> {
  const { id, source, channel, from, mime, size, at } = file
  const name = file.name === null ? null : await vault.seal(file.name, nameContext(id))
  const [rows = []] = await db.write([
    {
      sql: `INSERT INTO attachments (id, source, channel, external_id, status, mime, size, name, created_at)
        SELECT ?, ?, ?, ?, 'arriving', ?, ?, ?, ? WHERE (
          SELECT count(*) FROM attachments
          WHERE channel = ? AND external_id = ? AND status IN ('arriving', 'loose')) < ?
        RETURNING 1`,
      args: [
        id,
        source,
        channel,
        from?.id ?? null,
        mime,
        size,
        name,
        at,
        channel,
        from?.id ?? null,
        MOST_UNTAKEN,
      ],
    },
  ])
  return rows.length > 0
}

/** The bytes are there. False where the same source was kept meanwhile, or the row was swept. */
export async function settleAttachment(db: Database, id: string): Promise<boolean> {
  try {
    const [rows = []] = await db.write([
      {
        sql: `UPDATE attachments SET status = 'loose' WHERE id = ? AND status = 'arriving' RETURNING 1`,
        args: [id],
      },
    ])
    return rows.length > 0
  } catch (error) {
    if (error instanceof ConstraintError) return false
    throw error
  }
}

/** What was kept of a source, or null. */
export async function findKept(db: Database, source: string): Promise<string | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id FROM attachments WHERE source = ? AND status IN ('loose', 'taken')`,
      args: [source],
    },
  ])
  const [id] = rows[0] ?? []
  return typeof id === 'string' ? id : null
}

/**
 * A file that was handed over before this address spoke of it: its own by id, or one of the channel
 * that nobody has spoken of, by source, which is then its own. Null where there is none of either.
 */
export async function claimHandedOver(
  db: Database,
  from: Address,
  named: { id: string; source: string },
): Promise<{ id: string; mime: string; size: number } | null> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE attachments SET external_id = ?
        WHERE channel = ? AND status IN ('loose', 'taken') AND (
          (id = ? AND external_id = ?) OR (source = ? AND coalesce(external_id, ?) = ?))
        RETURNING id, mime, size`,
      args: [from.id, from.channel, named.id, from.id, named.source, from.id, from.id],
    },
  ])
  const [id, mime, size] = rows[0] ?? []
  return id === undefined ? null : { id: String(id), mime: String(mime), size: Number(size) }
}

/**
 * Gives a file its place among the papers of a case, or of the one to come. Changes nothing unless the
 * file is this address's or this contact's and the case is the contact's.
 */
export function assignAttachment(
  { contactId, from }: { contactId: string; from: Address },
  file: { attachmentId: string; document: string; caseId: string | null },
): Statement {
  const { attachmentId, document, caseId } = file
  return {
    sql: `UPDATE attachments SET status = 'taken', contact_id = ?, document = ?, case_id = ?
      WHERE id = ? AND status IN ('loose', 'taken') AND (case_id IS NULL OR case_id = ?)
        AND (contact_id = ? OR (contact_id IS NULL AND channel = ? AND external_id = ?))
        AND (? IS NULL OR EXISTS (SELECT 1 FROM cases WHERE id = ? AND contact_id = ?))`,
    args: [
      contactId,
      document,
      caseId,
      attachmentId,
      caseId,
      contactId,
      from.channel,
      from.id,
      caseId,
      caseId,
      contactId,
    ],
  }
}

/** The papers that were collected before there was a case, in chats that share, belong to it from now on. */
export function attachToCase(
  { contactId, from }: { contactId: string; from: Address },
  caseId: string,
): Statement {
  return {
    sql: `UPDATE attachments SET case_id = ?
      WHERE contact_id = ? AND case_id IS NULL AND status = 'taken' AND ${SHARED}`,
    args: [caseId, contactId, contactId, from.channel, from.id],
  }
}

/** A loose file of a conversation that shares with the one that asks, or of one that is gone. */
const SHARED = `(external_id IS NULL OR (channel, external_id) IN (
  SELECT channel, external_id FROM sessions WHERE contact_id = ? AND ${SAME_CIRCLE}))`

/** A file among somebody's papers. */
export type AttachmentHead = {
  id: string
  document: string
  mime: string
  size: number
  name: string | null
  at: string
}

/** Which papers have come for cases, by the case; one without any is left out. */
export async function listDocuments(
  db: Database,
  caseIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT case_id, json_group_array(DISTINCT document) FROM attachments a
        WHERE status = 'taken' AND case_id IN (SELECT value FROM json_each(?))
          AND NOT EXISTS (SELECT 1 FROM case_marks m WHERE m.case_id = a.case_id
            AND m.subject = 'document:' || a.document AND m.is_proved = 0)
        GROUP BY case_id`,
      args: [JSON.stringify(caseIds)],
    },
  ])
  return new Map(rows.map(([id, list]) => [String(id), JSON.parse(String(list)) as string[]]))
}

/** The papers of a case, or, with null, those a contact has collected for the one to come in `from` and chats that share with it. */
export async function listAttachments(
  db: Database,
  vault: Vault,
  of: { caseId: string } | { contactId: string; from: Address },
): Promise<AttachmentHead[]> {
  const [where, args] =
    'caseId' in of
      ? ['case_id = ?', [of.caseId]]
      : [
          `contact_id = ? AND case_id IS NULL AND ${SHARED}`,
          [of.contactId, of.contactId, of.from.channel, of.from.id],
        ]
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, document, mime, size, name, created_at FROM attachments
        WHERE ${where} AND status = 'taken' ORDER BY created_at, id`,
      args,
    },
  ])
  return Promise.all(
    rows.map(async ([id, document, mime, size, name, at]) => ({
      id: String(id),
      document: String(document),
      mime: String(mime),
      size: Number(size),
      name: await openName(vault, String(id), name),
      at: String(at),
    })),
  )
}

/** A file, opened; `of`: only where it is this address's or its contact's. Null: there is none such. */
export async function loadAttachment(
  { db, blobs, vault }: { db: Database; blobs: Blobs; vault: Vault },
  attachmentId: string,
  of?: Address,
): Promise<{ mime: string; name: string | null; bytes: Uint8Array } | null> {
  const mine = ` AND ((channel = ? AND external_id = ?) OR contact_id =
    (SELECT contact_id FROM addresses WHERE channel = ? AND external_id = ?))`
  const [rows = []] = await db.read([
    {
      sql: `SELECT mime, name FROM attachments
        WHERE id = ? AND status IN ('loose', 'taken')${of === undefined ? '' : mine}`,
      args: [attachmentId, ...(of === undefined ? [] : [of.channel, of.id, of.channel, of.id])],
    },
  ])
  const [mime, name] = rows[0] ?? []
  if (mime === undefined) return null
  const sealed = await blobs.get(attachmentId)
  // Dropped between the two looks.
  if (sealed === null) return null
  return {
    mime: String(mime),
    name: await openName(vault, attachmentId, name),
    bytes: await vault.open(sealed, attachmentContext(attachmentId)),
  }
}

/** Where the bytes of a file are sealed for. */
export function attachmentContext(id: string): string {
  return `attachment:${id}`
}

/** Where the name of a file is sealed for. */
export function nameContext(id: string): string {
  return `attachment:${id}:name`
}

async function openName(
  vault: Vault,
  id: string,
  name: SqlValue | undefined,
): Promise<string | null> {
  return name instanceof Uint8Array ? vault.openText(name, nameContext(id)) : null
}
