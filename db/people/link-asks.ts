import type { Address } from '../../flows/engine/types.ts'
import type { Database, SqlValue, Statement } from '../core/database.ts'

/** A chat that used a code or a link of another one and agreed: it waits for that one's yes. */
export type LinkAsk = {
  id: string
  /** Who made the code or the link, and in which chat. */
  maker: { contactId: string; address: Address }
  /** Who used it. `version`: of that conversation's memory, as it was read. */
  taker: { contactId: string; address: Address; sessionId: string; version: number }
  /** What the link was made for besides the joining. */
  wish: string | null
  at: string
}

/** By what a chat came here; it is used up by agreeing. */
export type UsedKey = { code: boolean; tokenHash: string }

/**
 * Stores that a chat agreed, and uses up what it came by: of two who use it at once the second fails with
 * `links_used_once` or `link_codes_used_once`. What it asked of the same chat before gives way.
 */
export function insertLinkAsk(
  { id, maker, taker, wish, at }: Omit<LinkAsk, 'taker'> & { taker: LinkAsk['maker'] },
  { code, tokenHash }: UsedKey,
  expiresAt: string,
): Statement[] {
  return [
    code
      ? of('UPDATE link_codes SET uses = uses + 1 WHERE code_index = ?', tokenHash)
      : useLink(tokenHash),
    of(
      `DELETE FROM link_asks WHERE expires_at <= ? OR (maker_channel = ? AND maker_address = ?
        AND taker_channel = ? AND taker_address = ?)`,
      at,
      maker.address.channel,
      maker.address.id,
      taker.address.channel,
      taker.address.id,
    ),
    of(
      `INSERT INTO link_asks (id, maker_id, maker_channel, maker_address, taker_id, taker_channel,
        taker_address, wish, at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      maker.contactId,
      maker.address.channel,
      maker.address.id,
      taker.contactId,
      taker.address.channel,
      taker.address.id,
      wish,
      at,
      expiresAt,
    ),
  ]
}

/** Uses a one-time link up; the second time fails with `links_used_once`. */
export function useLink(tokenHash: string): Statement {
  return of('UPDATE links SET uses = uses + 1 WHERE token_hash = ?', tokenHash)
}

/**
 * What a chat is asked: by its id, or with null the only one that is open. Null: it is answered or too old, one
 * of the two chats is somebody else's since, or there are several.
 */
export async function findLinkAsk(
  db: Database,
  address: Address,
  id: string | null,
  now: string,
): Promise<LinkAsk | null> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT k.id, k.maker_id, k.maker_channel, k.maker_address, k.taker_id, k.taker_channel,
          k.taker_address, k.wish, k.at, s.id, s.version
        FROM link_asks k
        JOIN addresses m ON m.channel = k.maker_channel AND m.external_id = k.maker_address AND m.contact_id = k.maker_id
        JOIN sessions s ON s.channel = k.taker_channel AND s.external_id = k.taker_address AND s.contact_id = k.taker_id
        WHERE k.maker_channel = ? AND k.maker_address = ? AND k.expires_at > ? AND (? IS NULL OR k.id = ?) LIMIT 2`,
      args: [address.channel, address.id, now, id, id],
    },
  ])
  const [row, second] = rows
  if (row === undefined || second !== undefined) return null
  const [ask, makerId, makerChannel, makerAddress, takerId, takerChannel, takerAddress, ...rest] =
    row
  const [wish, at, sessionId, version] = rest
  return {
    id: String(ask),
    maker: { contactId: String(makerId), address: addressOf(makerChannel, makerAddress) },
    taker: {
      contactId: String(takerId),
      address: addressOf(takerChannel, takerAddress),
      sessionId: String(sessionId),
      version: Number(version),
    },
    wish: wish == null ? null : String(wish),
    at: String(at),
  }
}

/** Forgets what a chat was asked, once it is answered. */
export function dropLinkAsk(id: string): Statement {
  return of('DELETE FROM link_asks WHERE id = ?', id)
}

/** Forgets what waits for a contact, on either side. */
export function dropLinkAsksOf(contactId: string): Statement {
  return of('DELETE FROM link_asks WHERE maker_id = ? OR taker_id = ?', contactId, contactId)
}

function addressOf(channel: SqlValue | undefined, id: SqlValue | undefined): Address {
  // Only commitTurn writes addresses, from a channel's own type.
  return { channel: channel as Address['channel'], id: String(id) }
}

function of(sql: string, ...args: SqlValue[]): Statement {
  return { sql, args }
}
