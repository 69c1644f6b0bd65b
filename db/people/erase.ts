import type { Address } from '../../flows/engine/types.ts'
import { eraseCampaignPeople } from '../campaigns/people.ts'
import { eraseCase } from '../cases/cases.ts'
import { dropAttachments } from '../cases/dropped-attachments.ts'
import { type CaseMove, moveCase } from '../cases/events.ts'
import type { Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { eraseSignups } from '../events/signups.ts'
import { forgetPayees } from '../funds/payees.ts'
import { eraseQuiz } from '../quizzes/quizzes.ts'
import { noteErasure } from './erasures.ts'
import { dropLinkAsksOf } from './link-asks.ts'
import { eraseJoins } from './link-joins.ts'

/** What is to become of a person's cases, and who they are from then on. */
export type Erasure = {
  /** A fresh id: the window in which they asked goes on as nobody's. */
  newContactId: string
  /** Cases that no office has accepted: those still open are withdrawn first. */
  withdraw: readonly CaseMove[]
  erase: readonly string[]
}

const HANDOFF_TABLES = [
  'handoff_work',
  'handoff_notes',
  'handoff_answers',
  'handoff_desk_answers',
  'handoff_posts',
] as const

/** A conversation, and the turn of it whose words stay. */
type Window = { sessionId: string; from: Address; turn: number }

/** In whose turn it happens. */
type Asked = Window & { contactId: string; at: string }

/**
 * Everything of a contact but what the office keeps, in the turn's own batch: a case that was accepted,
 * with its papers, is only untied. What stays besides: the window in which it was asked for, with an
 * empty memory and this turn's words (a receipt), so that a redelivery gets the same answer; receipts
 * without a person; and files' rows that wait for their bytes to be removed.
 */
export async function eraseStatements(
  vault: Vault,
  asked: Asked,
  { newContactId, withdraw, erase }: Erasure,
): Promise<Statement[]> {
  const { contactId, at } = asked
  const moves = await Promise.all(withdraw.map((move) => moveCase(vault, move)))
  return [
    ...moves.flat(),
    ...erase.flatMap((id) => [dropAttachments({ caseId: id }, at), ...eraseCase(id, at)]),
    ...eraseBelongings(contactId, at, asked),
    ...keepWindow(asked, newContactId),
    ...eraseContact(contactId),
    await noteErasure(vault, { contactId, cases: erase, at }),
  ]
}

/** Everything of a contact that has no case, as if it had never been. */
export function forgetContact(contactId: string, at: string): Statement[] {
  return [...eraseBelongings(contactId, at, NO_WINDOW), ...eraseContact(contactId)]
}

/** No conversation has an empty id. */
const NO_WINDOW: Window = { sessionId: '', from: { channel: 'web', id: '' }, turn: 0 }

/** What hangs on a contact and its conversations, but for one turn's words in one window. */
function eraseBelongings(
  contactId: string,
  at: string,
  { sessionId, from, turn }: Window,
): Statement[] {
  const sessions = '(SELECT id FROM sessions WHERE contact_id = ?)'
  const handoffs = `(SELECT id FROM handoffs WHERE session_id IN ${sessions})`
  const addresses = '(SELECT channel, external_id FROM addresses WHERE contact_id = ?)'
  const kfIds = "(SELECT external_id FROM addresses WHERE contact_id = ? AND channel = 'wechat-kf')"
  const openIds =
    "(SELECT external_id FROM addresses WHERE contact_id = ? AND channel = 'wechat-mp')"
  return [
    dropAttachments({ contactId }, at),
    of(
      `UPDATE attachments SET external_id = NULL
        WHERE contact_id = ? OR (channel, external_id) IN ${addresses}`,
      contactId,
      contactId,
    ),
    forgetPayees(contactId, at),
    of('UPDATE cases SET contact_id = NULL WHERE contact_id = ?', contactId),
    // A voucher belongs to a case that the office keeps; so do its money and its history.
    of(
      `UPDATE voucher_asks SET status = 'lapsed' WHERE status = 'asked'
        AND voucher_id IN (SELECT id FROM vouchers WHERE contact_id = ?)`,
      contactId,
    ),
    of(
      'DELETE FROM voucher_pins WHERE voucher_id IN (SELECT id FROM vouchers WHERE contact_id = ?)',
      contactId,
    ),
    of('UPDATE vouchers SET contact_id = NULL, remind_at = NULL WHERE contact_id = ?', contactId),
    of('UPDATE data_requests SET contact_id = NULL WHERE contact_id = ?', contactId),
    of('DELETE FROM links WHERE contact_id = ?', contactId),
    of('DELETE FROM link_codes WHERE contact_id = ?', contactId),
    of('DELETE FROM link_events WHERE contact_id = ?', contactId),
    dropLinkAsksOf(contactId),
    ...eraseJoins(contactId),
    of(`DELETE FROM staff_chats WHERE (channel, external_id) IN ${addresses}`, contactId),
    ...eraseCampaignPeople(contactId),
    ...eraseSignups(contactId),
    ...eraseQuiz(contactId),
    of('DELETE FROM consents WHERE contact_id = ?', contactId),
    ...HANDOFF_TABLES.map((table) =>
      of(`DELETE FROM ${table} WHERE handoff_id IN ${handoffs}`, contactId),
    ),
    of(`DELETE FROM handoffs WHERE session_id IN ${sessions}`, contactId),
    of(`DELETE FROM unanswered_questions WHERE session_id IN ${sessions}`, contactId),
    of(
      `DELETE FROM turns WHERE session_id IN ${sessions} AND NOT (session_id = ? AND turn IS ?)`,
      contactId,
      sessionId,
      turn,
    ),
    of(
      `DELETE FROM outbox WHERE (channel, external_id) IN ${addresses} AND substr(id, 1, ?) <> ?`,
      ...replyOf(contactId, `${sessionId}:${turn}:`),
    ),
    of(`DELETE FROM wechat_credits WHERE open_id IN ${openIds}`, contactId),
    of(
      `DELETE FROM wechat_windows WHERE open_id IN ${openIds} AND open_id <> ?`,
      contactId,
      from.id,
    ),
    of(
      `DELETE FROM wechat_kf_people WHERE user_id IN ${kfIds} AND user_id <> ?`,
      contactId,
      from.id,
    ),
  ]
}

/** The window in which it was asked for goes on as nobody's. */
function keepWindow({ contactId, sessionId, from, at }: Asked, newContactId: string): Statement[] {
  return [
    of(
      'INSERT INTO contacts (id, locale, created_at) SELECT ?, locale, ? FROM contacts WHERE id = ?',
      newContactId,
      at,
      contactId,
    ),
    of(
      'UPDATE sessions SET contact_id = ?, version = version + 1, circle = NULL WHERE id = ?',
      newContactId,
      sessionId,
    ),
    of(
      'UPDATE addresses SET contact_id = ?, created_at = ? WHERE channel = ? AND external_id = ?',
      newContactId,
      at,
      from.channel,
      from.id,
    ),
  ]
}

function eraseContact(contactId: string): Statement[] {
  return [
    of('DELETE FROM sessions WHERE contact_id = ?', contactId),
    of('DELETE FROM addresses WHERE contact_id = ?', contactId),
    // Papers that the office keeps name the contact that sent them: nobody by now.
    of(
      'DELETE FROM contacts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM attachments WHERE contact_id = ?)',
      contactId,
      contactId,
    ),
  ]
}

function of(sql: string, ...args: (string | number)[]): Statement {
  return { sql, args }
}

function replyOf(contactId: string, prefix: string): (string | number)[] {
  return [contactId, prefix.length, prefix]
}
