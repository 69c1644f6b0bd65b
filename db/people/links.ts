import type { Address } from '../../flows/engine/types.ts'
import { mergeCampaignPeople } from '../campaigns/people.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { mergeSignups } from '../events/signups.ts'
import { mergeQuiz } from '../quizzes/quizzes.ts'
import { dropLinkAsksOf } from './link-asks.ts'

/** Every table whose rows belong to a contact; they follow when two contacts prove to be one person. */
const CONTACT_TABLES = [
  'addresses',
  'sessions',
  'consents',
  'links',
  'link_codes',
  'link_events',
  'link_joins',
  'data_requests',
  'cases',
  'attachments',
  'vouchers',
  'contact_traits',
] as const

/** Stores a one-time link; only the hash of its token is kept. `carried` is any JSON. */
export async function insertLink(
  vault: Vault,
  link: {
    tokenHash: string
    contactId: string
    /** The chat that makes it. */
    from: Address
    carried: unknown
    expiresAt: string
  },
): Promise<Statement[]> {
  const carried = await vault.seal(JSON.stringify(link.carried), linkContext(link.tokenHash))
  return [
    {
      sql: `INSERT INTO links (token_hash, contact_id, channel, external_id, carried, expires_at)
        VALUES (?, ?, ?, ?, ?, ?)`,
      args: [
        link.tokenHash,
        link.contactId,
        link.from.channel,
        link.from.id,
        carried,
        link.expiresAt,
      ],
    },
  ]
}

/** A link that may still be used, or null. */
export async function findLink(
  db: Database,
  vault: Vault,
  tokenHash: string,
  now: string,
): Promise<{ contactId: string; from: Address | null; carried: unknown } | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT contact_id, channel, external_id, carried FROM links WHERE token_hash = ? AND uses = 0 AND expires_at > ?',
      args: [tokenHash, now],
    },
  ])
  const [contactId, channel, externalId, carried] = rows[0] ?? []
  if (typeof contactId !== 'string' || !(carried instanceof Uint8Array)) return null
  return {
    contactId,
    from: makerOf(channel, externalId),
    carried: JSON.parse(await vault.openText(carried, linkContext(tokenHash))),
  }
}

/** Everything of the contact `from` is of `to` from now on, and `from` is no more. */
export function mergeContacts(from: string, to: string): Statement[] {
  return [
    // Whoever joins another person's chat needs no code of their own any more.
    { sql: 'DELETE FROM link_codes WHERE contact_id = ?', args: [from] },
    dropLinkAsksOf(from),
    ...CONTACT_TABLES.map((table) => ({
      sql: `UPDATE ${table} SET contact_id = ?${table === 'sessions' ? ', version = version + 1' : ''} WHERE contact_id = ?`,
      args: [to, from],
    })),
    {
      sql: `UPDATE contacts SET preferred_channel = coalesce(contacts.preferred_channel, o.preferred_channel),
          reminders_muted_at = coalesce(contacts.reminders_muted_at, o.reminders_muted_at),
          events_muted_at = coalesce(contacts.events_muted_at, o.events_muted_at),
          campaigns_muted_at = coalesce(contacts.campaigns_muted_at, o.campaigns_muted_at),
          stopped_at = coalesce(contacts.stopped_at, o.stopped_at)
        FROM contacts o WHERE o.id = ? AND contacts.id = ?`,
      args: [from, to],
    },
    ...mergeCampaignPeople(from, to),
    ...mergeSignups(from, to),
    ...mergeQuiz(from, to),
    { sql: 'DELETE FROM contacts WHERE id = ?', args: [from] },
  ]
}

/** The chat that made a link or a code; null: it is of before these were kept. */
export function makerOf(channel: unknown, externalId: unknown): Address | null {
  return typeof externalId === 'string'
    ? // Only recordStatements writes them, from a turn's own address.
      { channel: channel as Address['channel'], id: externalId }
    : null
}

/** Where what a link carries is sealed for. */
export function linkContext(tokenHash: string): string {
  return `link:${tokenHash}`
}
