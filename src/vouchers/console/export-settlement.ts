import { writeAudited } from '../../../db/staff/audit.ts'
import { type TableForm, tableFile } from '../../console/download.ts'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { settlement } from '../claims/pay.ts'
import type { VouchersView } from './view.ts'

/** The settlement of a month as a table to take away, in yuan, with its sum; it is noted in the audit. */
export async function exportSettlement(
  deps: ConsoleDeps,
  c: ConsoleContext,
  view: VouchersView,
  which: { month: string; providerId: string | null },
  as: TableForm,
): Promise<Response> {
  const { v, kindName, world } = view
  const { rows } = await settlement(world, c.get('staff'), which)
  const [at, actor] = [deps.now(), c.get('staff').id]
  const entry = { at, actor, action: 'voucher.settlement-exported' } as const
  await writeAudited(deps.db, [{ ...entry, subject: `settlement:${which.month}` }], [])
  const yuan = (fen: number) => fen / 100
  const sum = rows.reduce((all, { amountFen }) => all + amountFen, 0)
  const table = [
    [v('month'), v('provider'), v('number'), v('kind'), v('place')].concat([
      ...[v('invoiceNumber'), v('totalYuan'), v('amountYuan'), v('state')],
      ...[v('claimedAt'), v('checkedAt'), v('paidAt')],
    ]),
    ...rows.map((row) => [
      ...[row.month, row.provider, row.number, kindName(row.kind), row.district],
      ...[row.invoiceNumber, yuan(row.totalFen), yuan(row.amountFen), v(`claim-${row.status}`)],
      ...[row.claimedAt, row.checkedAt, row.paidAt],
    ]),
    [v('sum'), '', '', '', '', '', '', yuan(sum), '', '', '', ''],
  ]
  const notice = world.pack.vouchers.sample ? 'sample-' : ''
  return tableFile(c, {
    name: `${notice}settlement-${which.month}`,
    sheet: which.month,
    rows: table,
    as,
  })
}
