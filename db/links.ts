import type { Database, Statement } from './database.ts'
import type { Vault } from './vault.ts'

/** Every table whose rows belong to a contact; they follow when two contacts prove to be one person. */
export const CONTACT_TABLES = [
  'addresses',
  'sessions',
  'consents',
  'links',
  'data_requests',
  'cases',
  'attachments',
] as const

/** Stores a one-time link; only the hash of its token is kept. `carried` is any JSON. */
export async function insertLink(
  vault: Vault,
  link: { tokenHash: string; contactId: string; carried: unknown; expiresAt: string },
): Promise<Statement[]> {
  const carried = await vault.seal(JSON.stringify(link.carried), linkContext(link.tokenHash))
  return [
    {
      sql: 'INSERT INTO links (token_hash, contact_id, carried, expires_at) VALUES (?, ?, ?, ?)',
      args: [link.tokenHash, link.contactId, carried, link.expiresAt],
    },
  ]
}

/** A link that may still be used, or null. */
export async function findLink(
  db: Database,
  vault: Vault,
  tokenHash: string,
  now: string,
): Promise<{ contactId: string; carried: unknown } | null> {
  const [rows = []] = await db.read([
    {
      sql: 'SELECT contact_id, carried FROM links WHERE token_hash = ? AND uses = 0 AND expires_at > ?',
      args: [tokenHash, now],
    },
  ])
  const [contactId, carried] = rows[0] ?? []
  if (typeof contactId !== 'string' || !(carried instanceof Uint8Array)) return null
  return {
    contactId,
    carried: JSON.parse(await vault.openText(carried, linkContext(tokenHash))),
  }
}

/** Uses a link up, and makes the contact that came by it one with the contact that was given it. */
export function takeLink(tokenHash: string, from: string, to: string): Statement[] {
  const use = { sql: 'UPDATE links SET uses = uses + 1 WHERE token_hash = ?', args: [tokenHash] }
  if (from === to) return [use]
  return [
    use,
    ...CONTACT_TABLES.map((table) => ({
      sql: `UPDATE ${table} SET contact_id = ? WHERE contact_id = ?`,
      args: [to, from],
    })),
    { sql: 'DELETE FROM contacts WHERE id = ?', args: [from] },
  ]
}

/** Where what a link carries is sealed for. */
export function linkContext(tokenHash: string): string {
  return `link:${tokenHash}`
}
