import type { Address } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { makerOf } from './links.ts'

/** By which a code is found without being readable. `code`: its six digits. */
export function codeIndex(vault: Vault, code: string): Promise<string> {
  return vault.index('link-code', code)
}

/**
 * A contact's new code, in the place of the one before; codes whose time is over go on the way. The batch
 * fails with `link_codes.code_index` where another person's live code has the same digits.
 */
export function putLinkCode(
  { contactId, from }: { contactId: string; from: Address },
  { codeIndex: index, expiresAt }: { codeIndex: string; expiresAt: string },
  at: string,
): Statement[] {
  return [
    {
      sql: 'DELETE FROM link_codes WHERE expires_at <= ? OR contact_id = ?',
      args: [at, contactId],
    },
    {
      sql: `INSERT INTO link_codes (code_index, contact_id, channel, external_id, expires_at)
        VALUES (?, ?, ?, ?, ?)`,
      args: [index, contactId, from.channel, from.id, expiresAt],
    },
  ]
}

/** Whose code it is that may still be used, and of which chat, or null. */
export async function findLinkCode(
  db: Database,
  index: string,
  now: string,
): Promise<{ contactId: string; from: Address } | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT contact_id, channel, external_id FROM link_codes WHERE code_index = ? AND uses = 0 AND expires_at > ?',
      args: [index, now],
    },
  ])
  const [contactId, channel, externalId] = rows[0] ?? []
  const from = makerOf(channel, externalId)
  return typeof contactId === 'string' && from !== null ? { contactId, from } : null
}

/** Notes that a chat was joined to a contact, or taken from it. `id`: the turn's own. */
export function noteLinkEvent(event: {
  id: string
  contactId: string
  kind: 'linked' | 'unlinked'
  channel: string
  at: string
}): Statement {
  return {
    sql: 'INSERT OR IGNORE INTO link_events (id, contact_id, kind, channel, at) VALUES (?, ?, ?, ?, ?)',
    args: [event.id, event.contactId, event.kind, event.channel, event.at],
  }
}

/** What two contacts have of cases: whose each is, as blind indexes. */
export async function loadCaseOwners(
  db: Database,
  contactIds: readonly [string, string],
): Promise<{ contactId: string; caseId: string; number: string; identityIndex: string | null }[]> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT contact_id, id, number, identity_index FROM cases WHERE contact_id IN (?, ?)',
      args: contactIds,
    },
  ])
  return rows.map(([contactId, caseId, number, identity]) => ({
    contactId: String(contactId),
    caseId: String(caseId),
    number: String(number),
    identityIndex: identity == null ? null : String(identity),
  }))
}
