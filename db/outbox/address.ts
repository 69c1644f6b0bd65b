import type { Address } from '../../flows/engine/types.ts'
import type { Locale } from '../../locales/keys.ts'
import type { Database } from '../core/database.ts'
import { type MutableKind, NOTICE_KINDS, type NoticeKind } from './kinds.ts'

/** The column of `contacts` that says since when a kind is switched off. */
export const MUTED_COLUMN: Readonly<Record<MutableKind, string>> = {
  reminder: 'reminders_muted_at',
  event: 'events_muted_at',
  campaign: 'campaigns_muted_at',
}

/**
 * A condition on a contact (`c`) that wants notices of this kind, as SQL without parameters. For a
 * campaign's INSERT … SELECT as for one person.
 *
 * @example wants('campaign', 'c') // 'c.stopped_at IS NULL AND c.campaigns_muted_at IS NULL'
 */
export function wants(kind: NoticeKind, c: string): string {
  switch (NOTICE_KINDS[kind].mute) {
    case 'never':
      return 'TRUE'
    case 'stop':
      return `${c}.stopped_at IS NULL`
    case 'own':
      return `${c}.stopped_at IS NULL AND ${c}.${MUTED_COLUMN[kind as MutableKind]} IS NULL`
  }
}

/** Which address of a contact (`c`) comes first, as an ORDER BY: `a` its address, `s` the session of it (LEFT JOIN). */
export function addressOrder(a: string, c: string, s: string): string {
  return `${a}.channel IS ${c}.preferred_channel DESC, ${s}.updated_at DESC, ${a}.channel, ${a}.external_id`
}

/**
 * Where a contact hears of something: on the channel they chose, else where they spoke last, among the
 * addresses that have not blocked us. Null: nowhere, or they do not want to hear of this kind.
 */
export async function noticeAddress(
  db: Database,
  contactId: string,
  kind: NoticeKind = 'case',
): Promise<{ to: Address; locale: Locale } | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT a.channel, a.external_id, c.locale FROM addresses a
        JOIN contacts c ON c.id = a.contact_id
        LEFT JOIN sessions s ON s.channel = a.channel AND s.external_id = a.external_id
        WHERE a.contact_id = ? AND a.reachable = 1 AND ${wants(kind, 'c')}
        ORDER BY ${addressOrder('a', 'c', 's')} LIMIT 1`,
      args: [contactId],
    },
  ])
  const [channel, id, locale] = rows[0] ?? []
  return id == null
    ? null
    : {
        // Only commitTurn writes addresses, from a channel's own type.
        to: { channel: channel as Address['channel'], id: String(id) },
        locale: locale === 'en' ? 'en' : 'zh-Hans',
      }
}
