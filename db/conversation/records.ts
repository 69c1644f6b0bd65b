import type { DomainRecord } from '../../flows/engine/records.ts'
import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import { noteCampaignAnswer } from '../campaigns/campaigns.ts'
import { assignAttachment, attachToCase } from '../cases/attachments.ts'
import { insertCase, type NewCase } from '../cases/cases.ts'
import { dropAttachments } from '../cases/dropped-attachments.ts'
import { type CaseMove, moveCase } from '../cases/events.ts'
import type { Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { type EventDeed, eventStatements } from '../events/places.ts'
import { MUTABLE_KINDS } from '../outbox/kinds.ts'
import { type Enqueued, enqueue } from '../outbox/outbox.ts'
import { muteKinds, settingStatements } from '../outbox/preferences.ts'
import {
  type CarriedRuns,
  carryStatements,
  type GivenRuns,
  giveStatements,
} from '../people/carried-runs.ts'
import { type Erasure, eraseStatements } from '../people/erase.ts'
import { dropLinkAsk, insertLinkAsk, type UsedKey, useLink } from '../people/link-asks.ts'
import { putLinkCode } from '../people/link-codes.ts'
import {
  type Joining,
  joinStatements,
  keepJoinedCase,
  type LinkJoin,
  partStatements,
} from '../people/link-joins.ts'
import { insertLink } from '../people/links.ts'
import { type Unlink, unlinkStatements } from '../people/unlink.ts'
import { type QuizDeed, quizStatements } from '../quizzes/quizzes.ts'

/** A record of a turn, with what the runner knows of it. `id` is the turn's own and unique. */
export type RecordWrite = {
  id: string
  record: DomainRecord
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
): Promise<Statement[]> {
  const event = { id, channel: from.channel, at }
  switch (record.kind) {
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
    case 'case-submitted':
      // Made by src/cases/flow/application.ts in this very turn; only the person is the turn's to know.
      return [
        ...(await insertCase(vault, { ...submissionOf(record), contactId })),
        attachToCase({ contactId, from }, submissionOf(record).id),
        keepJoinedCase(from, submissionOf(record).id),
      ]
    case 'link-made':
      return insertLink(vault, { ...record, contactId, from })
    case 'link-code':
      return putLinkCode({ contactId, from }, record, at)
    case 'link-used':
      return [useLink(record.tokenHash)]
    case 'link-asked': {
      // Made by src/people/flow/agree.ts in this very turn, as are the next two.
      const { ask, used, expiresAt, told } = record.asked as AskedLink
      return [
        ...insertLinkAsk(ask, used, expiresAt),
        ...(await tellChat(vault, `asked:${id}`, told, at)),
      ]
    }
    case 'link-answered': {
      const { ask, joining, told } = record.answered as AnsweredLink
      return [
        ...(joining === null ? [dropLinkAsk(ask)] : joinStatements(joining, { id, at })),
        ...(await tellChat(vault, `answered:${id}`, told, at)),
      ]
    }
    case 'link-parted': {
      const { join, newContactId, told } = record.parted as PartedLink
      return [
        ...partStatements(join, newContactId, event),
        ...(await tellChat(vault, `parted:${id}`, told, at)),
      ]
    }
    case 'runs-carried':
      return carryStatements(vault, record.carried as CarriedRuns, at)
    case 'runs-asked':
      return tellChat(vault, `runs-asked:${id}`, record.told as Told, at)
    case 'runs-given': {
      const { told, ...given } = record.given as GivenRuns & { told: Told }
      return [
        ...(await giveStatements(vault, given, at)),
        ...(await tellChat(vault, `runs-given:${id}`, told, at)),
      ]
    }
    case 'run-dropped':
      // The runner takes it out of this conversation's memory (src/conversation/forget.ts).
      return []
    case 'unlinked':
      return unlinkStatements(
        vault,
        { id, sessionId, contactId, turn, at },
        record.unlink as Unlink,
      )
    case 'attachment':
      return [assignAttachment({ contactId, from }, record)]
    case 'attachment-dropped':
      return [dropAttachments({ attachmentId: record.attachmentId, contactId }, at)]
    case 'case-moved':
      // Made by the answers to the flow in this very turn, upon the case as it is.
      return moveCase(vault, record.move as CaseMove)
    case 'voucher':
      // Likewise, upon the voucher as it is.
      return [...(record.statements as readonly Statement[])]
    case 'event':
      // Likewise, upon the event as it is.
      return eventStatements(vault, { id, contactId, at }, record.deed as EventDeed)
    case 'quiz':
      return quizStatements({ id, contactId, at }, record.deed as QuizDeed)
    case 'data-request':
      return [
        {
          sql: 'INSERT INTO data_requests (receipt, contact_id, kind, at) VALUES (?, ?, ?, ?)',
          args: [record.receipt, contactId, record.request, at],
        },
      ]
    case 'erase':
      return eraseStatements(
        vault,
        { sessionId, contactId, from, turn, at },
        record.erasure as Erasure,
      )
    case 'campaign-answer':
      return [
        noteCampaignAnswer({ ...record, contactId, at }),
        ...(record.what === 'stop' ? muteKinds(contactId, ['campaign'], at) : []),
      ]
    case 'forget':
      // The runner takes it out of this conversation's memory (src/conversation/run-steps.ts).
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

/** What another chat is told or asked in this turn. */
export type Told = Pick<Enqueued, 'to' | 'body' | 'expiresAt'>
/** This chat agreed, and the other one is asked. */
export type AskedLink = {
  ask: Parameters<typeof insertLinkAsk>[0]
  used: UsedKey
  expiresAt: string
  told: Told
}
/** This chat said yes, or no where `joining` is null. */
export type AnsweredLink = { ask: string; joining: Joining | null; told: Told }
export type PartedLink = { join: LinkJoin; newContactId: string; told: Told }

async function tellChat(vault: Vault, id: string, told: Told, at: string): Promise<Statement[]> {
  const notice = { origin: 'notice', kind: 'answer' } as const
  const { to, body, expiresAt } = told
  return [await enqueue(vault, { ...notice, id: `notice:link-${id}`, to, body, at, expiresAt })]
}

/** Where an unanswered question is sealed for. */
export function questionContext(id: string): string {
  return `question:${id}`
}

function submissionOf(record: Extract<DomainRecord, { kind: 'case-submitted' }>) {
  return record.submission as Omit<NewCase, 'contactId'>
}
