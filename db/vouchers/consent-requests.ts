import type { Database, SqlValue, Statement } from '../core/database.ts'
import { insertInto, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { voucherAsks } from '../schema/voucher-deals.ts'

const ASK = shape({
  id: voucherAsks.id,
  voucherId: voucherAsks.voucherId,
  providerId: voucherAsks.providerId,
  staffId: voucherAsks.staffId,
  what: voucherAsks.what,
  amountFen: voucherAsks.amount,
  totalFen: voucherAsks.total,
  last: voucherAsks.last,
  status: voucherAsks.status,
  key: voucherAsks.requestKey,
  askedAt: voucherAsks.askedAt,
  expiresAt: voucherAsks.expiresAt,
  details: voucherAsks.details,
})
/**
 * What a provider asks the holder of a voucher to say yes to: that it pays `amountFen` of a contract whose whole price
 * is `totalFen`, or of a redemption; `last`: the rest is not needed.
 */
export type ConsentRequest = Omit<RowOf<typeof ASK>, 'details'> & {
  staffName: string
  title: string | null
}

/** The row of an ask. The batch fails with a `ConstraintError` of `voucher_asks.request_key` the second time. */
export async function insertAsk(vault: Vault, ask: ConsentRequest): Promise<Statement> {
  const { amountFen: amount, totalFen: total, key: requestKey, title, staffName, ...same } = ask
  const words = JSON.stringify({ title, staffName })
  return insertInto(voucherAsks, {
    ...same,
    amount,
    total,
    requestKey,
    details: await vault.seal(words, askContext(ask.id)),
    uses: ask.status === 'done' ? 1 : 0,
  })
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
  const all = `SELECT ${ASK.columns} FROM voucher_asks WHERE ${condition} ORDER BY asked_at, id`
  return Promise.all(
    (await query(db, all, args, ASK)).map(async ({ details, ...ask }) => {
      if (details === null) throw new Error('an ask without details')
      const opened = JSON.parse(await vault.openText(details, askContext(ask.id)))
      return { ...ask, title: opened.title, staffName: opened.staffName }
    }),
  )
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
