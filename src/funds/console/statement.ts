import { type FundAct, listActs } from '../../../db/funds/acts.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { LEVELS } from '../../../flows/programme/money/funds.ts'
import { tableFile } from '../../console/download.ts'
import type { PageRequest } from '../../console/page.ts'
import type { Value } from '../../platform/tables/rows.ts'
import { yearOf } from '../context.ts'
import { stateOf } from './acts.tsx'
import type { FundsView } from './view.ts'

/** What a statement is of; `name`: of its file. */
export type StatementOf = {
  name: string
  fund?: FundAct['fund']
  level?: FundAct['level']
  district?: string
  caseId?: string
}

const PAGE = 500

/**
 * What was done with money as a table to take away, the newest first, in yuan; what was taken back stands in it with its
 * opposite. It is noted in the audit.
 */
export async function exportStatement(
  request: PageRequest<never, FundsView> | PageRequest<'id', FundsView>,
  { name, ...of }: StatementOf,
): Promise<Response> {
  const { deps, staff, view } = request
  const { t, placeName, world } = view
  const subject = `fund:${name}` as const
  const entry = { at: deps.now(), actor: staff.id, action: 'fund.statement-exported' } as const
  await writeAudited(deps.db, [{ ...entry, subject }], [])
  const { programme, year } = yearOf(world, 'direct')
  async function* rows(): AsyncGenerator<readonly Value[]> {
    yield [
      t('funds-console.day'),
      t('funds-console.fund'),
      t('funds-console.place'),
      t('funds-console.caseNumber'),
      t('funds-console.what'),
      t('funds-console.amountYuan'),
    ].concat(
      LEVELS.map((level) => t(`funds-console.yuan-${level}`)),
      [
        t('funds-console.document'),
        t('funds-console.who'),
        t('funds-console.second'),
        t('funds-console.state'),
      ],
    )
    for (let before: { at: string; id: string } | undefined; ; ) {
      const filter = { programme, year, limit: PAGE, ...of }
      const acts: FundAct[] = await listActs(
        deps.db,
        staff,
        before === undefined ? filter : { ...filter, before },
      )
      for (const act of acts) {
        yield [
          act.day,
          t(`funds-console.fund-${act.fund}`),
          placeName(act.district),
          act.caseNumber,
          t(`funds-console.move-${act.move}`),
          act.amountFen / 100,
          ...LEVELS.map((level) => act.parts[level] / 100),
          act.document,
          act.by,
          act.decidedBy,
          stateOf(view, act),
        ]
      }
      const last = acts.at(-1)
      if (acts.length < PAGE || last === undefined) return
      before = last
    }
  }
  return tableFile(request, { name, sheet: t('funds-console.funds'), rows: rows(), as: 'xlsx' })
}
