import { writeAudited } from '../../../db/staff/audit.ts'
import { type TableForm, tableFile } from '../../console/download.ts'
import type { PageRequest } from '../../console/page.ts'
import { settlement } from '../claims/pay.ts'
import type { VouchersView } from './view.ts'

/** The settlement of a month as a table to take away, in yuan, with its sum; it is noted in the audit. */
export async function exportSettlement(
  request: PageRequest<never, VouchersView>,
  which: { month: string; providerId: string | null },
  as: TableForm,
): Promise<Response> {
  const { deps, staff, view } = request
  const { t, kindName, world } = view
  const { rows } = await settlement(world, staff, which)
  const [at, actor] = [deps.now(), staff.id]
  const entry = { at, actor, action: 'voucher.settlement-exported' } as const
  await writeAudited(deps.db, [{ ...entry, subject: `settlement:${which.month}` }], [])
  const yuan = (fen: number) => fen / 100
  const sum = rows.reduce((all, { amountFen }) => all + amountFen, 0)
  const table = [
    [
      t('vouchers-console.month'),
      t('vouchers-console.provider'),
      t('vouchers-console.number'),
      t('vouchers-console.kind'),
      t('vouchers-console.place'),
    ].concat([
      t('vouchers-console.invoiceNumber'),
      t('vouchers-console.totalYuan'),
      t('vouchers-console.amountYuan'),
      t('vouchers-console.state'),
      t('vouchers-console.claimedAt'),
      t('vouchers-console.checkedAt'),
      t('vouchers-console.paidAt'),
    ]),
    ...rows.map((row) => [
      row.month,
      row.provider,
      row.number,
      kindName(row.kind),
      row.district,
      row.invoiceNumber,
      yuan(row.totalFen),
      yuan(row.amountFen),
      t(`vouchers-console.claim-${row.status}`),
      row.claimedAt,
      row.checkedAt,
      row.paidAt,
    ]),
    [t('vouchers-console.sum'), '', '', '', '', '', '', yuan(sum), '', '', '', ''],
  ]
  const notice = world.pack.vouchers.sample ? 'sample-' : ''
  return tableFile(request, {
    name: `${notice}settlement-${which.month}`,
    sheet: which.month,
    rows: table,
    as,
    filter: { month: which.month, provider: which.providerId ?? undefined },
  })
}
