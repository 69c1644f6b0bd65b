import type { DomainRecord } from '../../flows/engine/records.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import { noteCampaignAnswer } from '../campaigns/campaigns.ts'
import { assignAttachment } from '../cases/attachments.ts'
import { dropAttachments } from '../cases/dropped-attachments.ts'
import type { Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { MUTABLE_KINDS } from '../outbox/kinds.ts'
import { muteKinds, settingStatements } from '../outbox/preferences.ts'

/** Statements that an area planned for the turn's batch. `id` is the turn's own and unique. */
export type TurnStatements = (turn: {
  id: string
  sessionId: string
  turn: number
}) => readonly Statement[] | Promise<readonly Statement[]>

/** What a turn stores: a record of a flow's, or what an area planned. */
export type TurnRecord = DomainRecord | { kind: 'planned'; statements: TurnStatements }

/** What is stored with a turn, with what the runner knows of it. `id` is the turn's own and unique. */
export type RecordWrite = {
  id: string
  record: TurnRecord
  locale: Locale
  revision: string | null
}

/** Whose turn it is in which a record is stored. */
type Owner = { sessionId: string; contactId: string; from: Address; turn: number; at: string }

/** The statements that store a record, in the turn's own batch. */
export async function recordStatements(
  vault: Vault,
  { sessionId, contactId, from, turn, at }: Owner,
  { id, record, locale, revision }: RecordWrite,
): Promise<readonly Statement[]> {
  switch (record.kind) {
    case 'planned':
      return record.statements({ id, sessionId, turn })
    case 'locale':
      return [
        {
          sql: 'UPDATE contacts SET locale = ? WHERE id = ?',
          args: [record.locale, contactId],
        },
      ]
    case 'opt-out':
      return [
        {
          sql: 'UPDATE addresses SET opted_out_at = ? WHERE channel = ? AND external_id = ?',
          args: [at, from.channel, from.id],
        },
        ...muteKinds(contactId, MUTABLE_KINDS, at),
      ]
    case 'notice-setting':
      return settingStatements(contactId, record.change, at)
    case 'consent':
      return [
        {
          sql: `INSERT INTO consents (id, contact_id, session_id, purpose, version, granted, at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
          args: [
            id,
            contactId,
            sessionId,
            record.purpose,
            record.version,
            record.granted ? 1 : 0,
            at,
          ],
        },
      ]
    case 'run-dropped':
      // The runner takes it out of this conversation's memory.
      return []
    case 'attachment':
      return [assignAttachment({ contactId, from }, record)]
    case 'attachment-dropped':
      return [dropAttachments({ attachmentId: record.attachmentId, contactId }, at)]
    case 'data-request':
      return [
        {
          sql: 'INSERT INTO data_requests (receipt, contact_id, kind, at) VALUES (?, ?, ?, ?)',
          args: [record.receipt, contactId, record.request, at],
        },
      ]
    case 'campaign-answer':
      return [
        noteCampaignAnswer({ ...record, contactId, at }),
        ...(record.what === 'stop' ? muteKinds(contactId, ['campaign'], at) : []),
      ]
    case 'forget':
      // Likewise.
      return []
    case 'unanswered-question':
      return [
        {
          sql: `INSERT INTO unanswered_questions (id, session_id, question, locale, reason, shown, revision_id, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          args: [
            id,
            sessionId,
            await vault.seal(JSON.stringify({ text: record.question }), questionContext(id)),
            locale,
            record.reason,
            JSON.stringify(record.shown),
            revision,
            at,
          ],
        },
      ]
  }
}

/** Where an unanswered question is sealed for. */
export function questionContext(id: string): string {
  return `question:${id}`
}
