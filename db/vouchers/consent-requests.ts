import type { Database, SqlValue, Statement } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'

type AskStatus = 'asked' | 'done' | 'refused' | 'lapsed'

/** What a provider asks the holder of a voucher to say yes to. */
export type ConsentRequest = {
  id: string
  voucherId: string
  providerId: string
  staffId: string
  staffName: string
  what: 'lock' | 'redeem'
  /** What the voucher is to pay. */
  amountFen: number
  /** Of a contract, the whole price; null for a redemption. */
  totalFen: number | null
  /** The last redemption: the rest is not needed. */
  last: boolean
  title: string | null
  status: AskStatus
  key: string
  askedAt: string
  expiresAt: string
}

/** The row of an ask. The batch fails with a `ConstraintError` of `voucher_asks.request_key` the second time. */
export async function insertAsk(vault: Vault, ask: ConsentRequest): Promise<Statement> {
  return {
    sql: `INSERT INTO voucher_asks (id, voucher_id, provider_id, staff_id, what, amount, total, last, details,
        status, uses, request_key, asked_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      ask.id,
      ask.voucherId,
      ask.providerId,
      ask.staffId,
      ask.what,
      ask.amountFen,
      ask.totalFen,
      Number(ask.last),
      await vault.seal(
        JSON.stringify({ title: ask.title, staffName: ask.staffName }),
        askContext(ask.id),
      ),
      ask.status,
      ask.status === 'done' ? 1 : 0,
      ask.key,
      ask.askedAt,
      ask.expiresAt,
    ],
  }
}

/** Answers an ask; the batch fails with a `ConstraintError` of `voucher_ask_once` where it is answered already. */
export function settleAsk(id: string, status: 'done' | 'refused', at: string): Statement {
  return {
    sql: 'UPDATE voucher_asks SET status = ?, uses = uses + 1, decided_at = ? WHERE id = ?',
    args: [status, at, id],
  }
}

/** Where what an ask is about is sealed for. */
export function askContext(id: string): string {
  return `voucher-ask:${id}`
}

/** An ask by its id or the key of what was asked for, or null. */
export async function loadAsk(
  db: Database,
  vault: Vault,
  which: { id: string } | { key: string },
): Promise<ConsentRequest | null> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['request_key', which.key]
  const [found] = await selectAsks(db, vault, `${column} = ?`, [value])
  return found ?? null
}

/** The asks of a contact's vouchers that wait for an answer at `now`, oldest first. */
export function listOpenAsks(
  db: Database,
  vault: Vault,
  contactId: string,
  now: string,
): Promise<ConsentRequest[]> {
  return selectAsks(
    db,
    vault,
    `status = 'asked' AND expires_at > ? AND voucher_id IN (SELECT id FROM vouchers WHERE contact_id = ?)`,
    [now, contactId],
  )
}

async function selectAsks(
  db: Database,
  vault: Vault,
  condition: string,
  args: readonly SqlValue[],
): Promise<ConsentRequest[]> {
  const [rows = []] = await db.read([
    {
      sql: `SELECT id, voucher_id, provider_id, staff_id, what, amount, total, last, details, status, request_key,
          asked_at, expires_at FROM voucher_asks WHERE ${condition} ORDER BY asked_at, id`,
      args,
    },
  ])
  return Promise.all(rows.map((row) => parseAsk(vault, row)))
}

async function parseAsk(vault: Vault, row: readonly SqlValue[]): Promise<ConsentRequest> {
  const [id, voucherId, providerId, staffId, what, amount, total, last, details] = row
  const [status, key, askedAt, expiresAt] = row.slice(9)
  if (!(details instanceof Uint8Array)) throw new Error('an ask without details')
  const { title, staffName } = JSON.parse(await vault.openText(details, askContext(String(id))))
  return {
    id: String(id),
    voucherId: String(voucherId),
    providerId: String(providerId),
    staffId: String(staffId),
    staffName,
    what: what === 'lock' ? 'lock' : 'redeem',
    amountFen: Number(amount),
    totalFen: total == null ? null : Number(total),
    last: last === 1,
    title,
    // Kept by a CHECK.
    status: String(status) as AskStatus,
    key: String(key),
    askedAt: String(askedAt),
    expiresAt: String(expiresAt),
  }
}

/** A fresh PIN takes the place of the one before. `pinIndex`: what is kept of it (src/vouchers/pin.ts). */
export function savePin(voucherId: string, pinIndex: string, expiresAt: string): Statement {
  return {
    sql: `INSERT INTO voucher_pins (voucher_id, pin_index, expires_at) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET pin_index = excluded.pin_index, expires_at = excluded.expires_at,
        tries = 0, uses = 0`,
    args: [voucherId, pinIndex, expiresAt],
  }
}

/** Counts a try at a PIN before it is looked at; null: there is none that may be tried. */
export async function tryPin(
  db: Database,
  voucherId: string,
  { now, most }: { now: string; most: number },
): Promise<{ pinIndex: string; left: number } | null> {
  const [rows = []] = await db.write([
    {
      sql: `UPDATE voucher_pins SET tries = tries + 1
        WHERE voucher_id = ? AND uses = 0 AND tries < ? AND expires_at > ? RETURNING pin_index, tries`,
      args: [voucherId, most, now],
    },
  ])
  const [pinIndex, tries] = rows[0] ?? []
  return pinIndex === undefined ? null : { pinIndex: String(pinIndex), left: most - Number(tries) }
}

/** Uses a PIN up; the batch fails with a `ConstraintError` of `voucher_pin_once` the second time. */
export function usePin(voucherId: string): Statement {
  return { sql: 'UPDATE voucher_pins SET uses = uses + 1 WHERE voucher_id = ?', args: [voucherId] }
}
