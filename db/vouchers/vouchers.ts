import type { VoucherEvent, VoucherState } from '../../flows/programme/lifecycle/voucher-life.ts'
import type { Database, Statement } from '../core/database.ts'
import { type ListPage, listPage } from '../core/list-page.ts'
import { first, insertInto, query, type RowOf, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { voucherNumbers, vouchers } from '../schema/vouchers.ts'
import type { SqlCondition } from '../staff/district.ts'
import { insertVoucherEvent } from './events.ts'
import { postTransfer, type VoucherTransfer } from './ledger.ts'

/** The number is not secret, like `DZQ18-000017`; no contact: the person is erased, or came on paper. */
const begun = {
  id: vouchers.id,
  number: vouchers.number,
  programmeId: vouchers.programmeId,
  budgetId: vouchers.budgetId,
  caseId: vouchers.caseId,
  contactId: vouchers.contactId,
  district: vouchers.district,
  kind: vouchers.kind,
  faceFen: vouchers.face,
  sharePercent: vouchers.sharePercent,
  perDealFen: vouchers.perDeal,
  creditIndex: vouchers.creditIndex,
  personIndex: vouchers.personIndex,
}
const NEW = shape(begun)
/** The version is the number of its events; the last days (`YYYY-MM-DD` in China) are null until it is issued. */
const HEAD = shape({
  ...begun,
  state: vouchers.state,
  version: vouchers.version,
  useBy: vouchers.useBy,
  claimBy: vouchers.claimBy,
  appliedAt: vouchers.appliedAt,
  issuedAt: vouchers.issuedAt,
  updatedAt: vouchers.updatedAt,
  closedAt: vouchers.closedAt,
})

/** All of a voucher but its code. */
export type VoucherHead = RowOf<typeof HEAD>
/** What a voucher begins with. */
export type NewVoucher = RowOf<typeof NEW>

/** What it has from its issue on. */
export type VoucherIssue = {
  code: string
  codeIndex: string
  useBy: string
  claimBy: string
  remindAt: string | null
}

/** A move of a voucher, with all that follows from it. */
export type VoucherWrite = {
  voucher: Pick<VoucherHead, 'id' | 'budgetId'>
  /** The voucher itself, where this is its first move. */
  created?: NewVoucher
  event: VoucherEvent
  state: VoucherState
  /** The same is never done twice. */
  key: string | null
  transfers?: readonly VoucherTransfer[]
  issue?: VoucherIssue
  /** What the enterprise is charged for in its year, or given back. */
  yearly?: { programme: string; year: number; creditIndex: string; fen: number; cap: number }
  /** What else belongs to the batch, after the voucher. */
  also?: readonly Statement[]
}

/**
 * A move as the statements of a batch, which fails as a whole with a `ConstraintError` of
 * `voucher_events.voucher_id` (somebody else moved it), `voucher_events.request_key` or `vouchers.request_key`
 * (this was done before), `voucher_never_below_zero` (there is not so much left), `voucher_yearly_cap`,
 * `vouchers.programme_id` (there is one of this kind) or `vouchers.code_index` (the code is taken).
 */
export async function writeVoucher(vault: Vault, write: VoucherWrite): Promise<Statement[]> {
  const { voucher, created, event, state, key, transfers = [], issue, yearly, also = [] } = write
  const { id, budgetId } = voucher
  const { ordinal, at, move } = event
  const cause = { voucherId: id, budgetId, ordinal, reason: move, at }
  return [
    ...(created === undefined
      ? []
      : [insertVoucher(created, event, key ?? id), takeSerial(budgetId)]),
    await insertVoucherEvent(vault, id, event, key),
    {
      sql: `UPDATE vouchers SET state = ?, version = ?, updated_at = ?, closed_at = ?,
          remind_at = CASE WHEN ? IN ('issued', 'locked') THEN remind_at END WHERE id = ?`,
      args: [event.to, ordinal, at, state.final ? at : null, event.to, id],
    },
    ...(issue === undefined ? [] : [await issueStatement(vault, id, issue, at)]),
    ...(yearly === undefined ? [] : chargeYear(yearly)),
    ...transfers.flatMap((transfer) => postTransfer(cause, transfer)),
    ...also,
  ]
}

function takeSerial(budgetId: string): Statement {
  return {
    sql: `INSERT INTO voucher_numbers (budget_id, last) VALUES (?, 1)
      ON CONFLICT DO UPDATE SET last = last + 1`,
    args: [budgetId],
  }
}

function insertVoucher(one: NewVoucher, { to, at }: VoucherEvent, requestKey: string): Statement {
  const { faceFen: face, perDealFen: perDeal, ...same } = one
  const begins = { state: to, version: 1, requestKey, appliedAt: at, updatedAt: at }
  return insertInto(vouchers, { ...same, face, perDeal, ...begins })
}

async function issueStatement(
  vault: Vault,
  id: string,
  { code, codeIndex, useBy, claimBy, remindAt }: VoucherIssue,
  at: string,
): Promise<Statement> {
  return {
    sql: `UPDATE vouchers SET code = ?, code_index = ?, use_by = ?, claim_by = ?, remind_at = ?, issued_at = ?
      WHERE id = ?`,
    args: [await vault.seal(code, codeContext(id)), codeIndex, useBy, claimBy, remindAt, at, id],
  }
}

/** The CHECK of the row is the guard: two at once cannot both have the last of it. */
function chargeYear(of: NonNullable<VoucherWrite['yearly']>): Statement[] {
  const { programme, year, creditIndex, fen, cap } = of
  return [
    {
      sql: `INSERT INTO voucher_yearly (programme_id, year, credit_index, given, cap) VALUES (?, ?, ?, 0, ?)
        ON CONFLICT DO UPDATE SET cap = max(cap, excluded.cap)`,
      args: [programme, year, creditIndex, cap],
    },
    {
      sql: `UPDATE voucher_yearly SET given = given + ?
        WHERE programme_id = ? AND year = ? AND credit_index = ?`,
      args: [fen, programme, year, creditIndex],
    },
  ]
}

/** Where the code of a voucher is sealed for. */
export function codeContext(voucherId: string): string {
  return `voucher:${voucherId}:code`
}

/** The code, opened; null until it is issued. */
export async function openVoucherCode(
  db: Database,
  vault: Vault,
  voucherId: string,
): Promise<string | null> {
  const found = await first(db, 'SELECT code FROM vouchers WHERE id = ?', [voucherId], CODE)
  return found?.code == null ? null : vault.openText(found.code, codeContext(voucherId))
}
const CODE = shape({ code: vouchers.code })

/** A voucher by its id, its number or the keyed index of its code. Not limited to anybody's district. */
export async function loadVoucher(
  db: Database,
  which: { id: string } | { number: string } | { codeIndex: string },
): Promise<VoucherHead | null> {
  const [column, value] =
    'id' in which
      ? ['id', which.id]
      : 'number' in which
        ? ['number', which.number]
        : ['code_index', which.codeIndex]
  const [found] = await select(db, { sql: `${column} = ?`, args: [value] }, 1)
  return found ?? null
}

/** The vouchers of a contact, the newest first; `programme` null: of every programme. */
export function listVouchersOf(
  db: Database,
  programme: string | null,
  contactId: string,
): Promise<VoucherHead[]> {
  return select(
    db,
    {
      sql: 'contact_id = ? AND (? IS NULL OR programme_id = ?)',
      args: [contactId, programme, programme],
    },
    100,
  )
}

/** Vouchers for staff, the newest first; `district` null sees the whole city. */
export function listVouchers(
  db: Database,
  eyes: { district: string | null },
  filter: {
    programme: string
    states?: readonly string[]
    kind?: string
    providerId?: string
    cursor?: string
    limit: number
  },
): Promise<ListPage<VoucherHead>> {
  const wanted: SqlCondition[] = [
    { sql: 'programme_id = ?', args: [filter.programme] },
    ...(eyes.district === null ? [] : [{ sql: 'district = ?', args: [eyes.district] }]),
    ...(filter.states === undefined
      ? []
      : [
          {
            sql: 'state IN (SELECT value FROM json_each(?))',
            args: [JSON.stringify(filter.states)],
          },
        ]),
    ...(filter.kind === undefined ? [] : [{ sql: 'kind = ?', args: [filter.kind] }]),
    ...(filter.providerId === undefined
      ? []
      : [
          {
            sql: 'id IN (SELECT voucher_id FROM voucher_contracts WHERE provider_id = ? AND ended_at IS NULL)',
            args: [filter.providerId],
          },
        ]),
  ]
  return listPage(db, {
    shape: HEAD,
    from: 'vouchers',
    where: {
      sql: wanted.map(({ sql }) => sql).join(' AND '),
      args: wanted.flatMap(({ args }) => args),
    },
    order: [
      { sql: 'applied_at', desc: true },
      { sql: 'id', desc: true },
    ],
    cursor: filter.cursor,
    limit: filter.limit,
  })
}

/**
 * The next serial of a budget. It is taken with the voucher itself (`writeVoucher`), so that none is left out; whoever
 * was faster leaves the other's batch to fail with `vouchers.number`.
 */
export async function nextVoucherSerial(db: Database, budgetId: string): Promise<number> {
  const last = 'SELECT last FROM voucher_numbers WHERE budget_id = ?'
  const taken = await first(db, last, [budgetId], shape({ last: voucherNumbers.last }))
  return (taken?.last ?? 0) + 1
}

function select(db: Database, where: SqlCondition, limit: number): Promise<VoucherHead[]> {
  const all = `SELECT ${HEAD.columns} FROM vouchers WHERE ${where.sql} ORDER BY applied_at DESC, id DESC LIMIT ?`
  return query(db, all, [...where.args, limit], HEAD)
}
