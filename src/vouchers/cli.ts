import { loadVoucherEvents } from '../../db/vouchers/events.ts'
import { amountsOf, loadBudget } from '../../db/vouchers/ledger.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { listVouchers, loadVoucher, type VoucherHead } from '../../db/vouchers/vouchers.ts'
import { readFen } from '../../flows/programme/money/amounts.ts'
import { resolvePlace } from '../../flows/programme/places/places.ts'
import { allotBudget } from './budget.ts'
import { budgetIdOf, type VoucherContext, type VoucherStaff } from './context.ts'
import { issueVoucher } from './issue.ts'
import { issueMany } from './issue-many.ts'
import { problemWords, type VoucherProblem } from './problem.ts'

/** The options of `voucher …`, as typed. */
export type VoucherOptions = {
  [Option in 'district' | 'stage' | 'actor' | 'reason' | 'key']?: string | undefined
} & { limit: number }

type Said = { ok: boolean; lines: string[] }

/**
 * Does one of the commands about e-vouchers. No code, no name and no secret is an argument or is printed.
 * `key` makes a command that is typed twice one.
 */
export async function runVoucherCommand(
  context: VoucherContext | null,
  [command, first = '', second = '']: readonly string[],
  options: VoucherOptions,
): Promise<Said> {
  if (context === null) return failed('This programme has no e-vouchers.')
  switch (command) {
    case 'programme':
      return programme(context)
    case 'list':
      return list(context, options)
    case 'show':
      return show(context, first)
    case 'budget':
      return budget(context, first, options)
    case 'issue':
      return issue(context, first, second, options)
    case 'verify':
      return verify(context)
    default:
      return failed('Say which: npm run cli -- voucher --help')
  }
}

async function programme(context: VoucherContext): Promise<Said> {
  const { vouchers } = context.pack
  const status = await loadBudget(context.db, budgetIdOf(context))
  const money = (fen: number) => `${(fen / 100).toFixed(2)} yuan`
  return said([
    ...(vouchers.sample ? [vouchers.notice.en] : []),
    ...vouchers.kinds.map(
      ({ id, name, faceFen, sharePercent, perDealFen }) =>
        `${id.padEnd(18)} ${name['zh-Hans']}  ${money(faceFen)}, ${sharePercent}% of a contract, at most ${money(perDealFen)}`,
    ),
    status === null
      ? `No budget has been allotted for ${vouchers.year}; the ceiling is ${money(vouchers.budgetFen)}.`
      : [
          `Budget ${status.year}: ${money(status.allottedFen)} of ${money(status.ceilingFen)} allotted`,
          `free ${money(status.available)}`,
          `on vouchers ${money(status.outstanding)}`,
          `under contract ${money(status.committed)}`,
          `redeemed ${money(status.redeemed)}`,
          `claimed ${money(status.claimed)}`,
          `paid ${money(status.paid)}`,
        ].join(' · '),
  ])
}

async function list(
  context: VoucherContext,
  { district, stage, limit }: VoucherOptions,
): Promise<Said> {
  const { pack, db } = context
  const place = district === undefined ? null : resolvePlace(pack.places, district)
  if (place !== null && place.kind !== 'found') return failed(`There is no district ${district}.`)
  const { states } = pack.vouchers.life
  if (stage !== undefined && !states.some(({ id }) => id === stage)) {
    return failed(`There is no state ${stage}. There are: ${states.map(({ id }) => id).join(', ')}`)
  }
  const { rows: heads } = await listVouchers(
    db,
    { district: place === null ? null : place.id },
    { programme: pack.programme.id, limit, ...(stage === undefined ? {} : { states: [stage] }) },
  )
  return said(heads.length === 0 ? ['There are no e-vouchers here.'] : heads.map(summary))
}

async function show(context: VoucherContext, number: string): Promise<Said> {
  const { db, vault } = context
  const head = await loadVoucher(db, { number: number.toUpperCase() })
  if (head === null) return failed(`There is no e-voucher ${number}.`)
  const amounts = Object.entries(await amountsOf(db, head.id))
  const events = await loadVoucherEvents(db, vault, head.id)
  return said([
    summary(head),
    amounts.map(([account, fen]) => `${account} ${(fen / 100).toFixed(2)}`).join(' · '),
    ...events.map(({ ordinal, at, move, role, actor, reasons }) =>
      ['', ordinal, at, move, actor ?? role, ...reasons].join('  '),
    ),
  ])
}

async function budget(
  context: VoucherContext,
  yuan: string,
  { actor, reason, key }: VoucherOptions,
): Promise<Said> {
  const staff = cliStaff(actor, 'finance')
  if (staff === null) return failed('Say who allots it: --actor NAME')
  const amountFen = readFen(yuan)
  if (amountFen === null) return failed('Say how much, in yuan: voucher budget 500000')
  if (key === undefined) return failed('Name it, so that it is done once: --key 2018-06')
  const done = await allotBudget(context, staff, {
    amountFen,
    reason: reason ?? '',
    key: `cli:${key}`,
  })
  if (!done.ok) return failed(words(context, done.problem))
  return said([
    done.again ? 'This was done before; nothing is allotted twice.' : 'Allotted.',
    ...(await programme(context)).lines.slice(-1),
  ])
}

async function issue(
  context: VoucherContext,
  caseNumber: string,
  kind: string,
  { actor, key, limit }: VoucherOptions,
): Promise<Said> {
  const staff = cliStaff(actor, 'city-reviewer')
  if (staff === null) return failed('Say who issues it: --actor NAME')
  if (key === undefined) return failed('Name it, so that it is done once: --key 2018-06')
  if (caseNumber !== 'all') {
    const done = await issueVoucher(context, staff, { caseNumber, kind, key: `cli:${key}` })
    return done.ok
      ? said([summary(done.head), ...(done.again ? ['It was issued before.'] : [])])
      : failed(words(context, done.problem))
  }
  const many = await issueMany(context, staff, { kind, key: `cli:${key}`, limit })
  if (!many.ok) return failed(words(context, many.problem))
  return said([
    `${many.issued.length} issued.`,
    ...many.refused.map((one) => `${one.caseNumber}  ${words(context, one.problem)}`),
  ])
}

async function verify({ db, pack }: VoucherContext): Promise<Said> {
  const verdict = await verifyVouchers(db, pack.vouchers.life)
  return verdict.ok
    ? said([
        `All sums agree: ${verdict.entries} entries, ${verdict.vouchers} vouchers, ${verdict.budgets} budgets.`,
      ])
    : failed(`The ledger does not agree: ${verdict.problem}`)
}

function cliStaff(actor: string | undefined, role: VoucherStaff['role']): VoucherStaff | null {
  const name = actor?.trim() ?? ''
  return name === '' ? null : { id: 'cli', name, role, district: null, providerId: null }
}

function summary({ number, kind, state, district, faceFen, useBy }: VoucherHead): string {
  return [number, kind, state, district, `${(faceFen / 100).toFixed(2)} yuan`, useBy ?? ''].join(
    '  ',
  )
}

function words({ translate }: VoucherContext, problem: VoucherProblem): string {
  const { key, params } = problemWords(problem)
  return translate('en', key, params)
}

function said(lines: string[]): Said {
  return { ok: true, lines }
}

function failed(line: string): Said {
  return { ok: false, lines: [line] }
}
