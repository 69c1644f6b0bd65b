import { listActs } from '../../../db/funds/acts.ts'
import { GRANT_SHOWS, type GrantLine, listGrants } from '../../../db/funds/grants.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { FormDraft } from '../../console/form.ts'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { paidStages, yearOf } from '../context.ts'
import { moveMoney } from '../move-money.ts'
import { GrantPage } from './grant-page.tsx'
import { GrantsPage } from './grants-page.tsx'
import { amountIn, MoveForm, tellProblem } from './move-form.tsx'
import { exportStatement } from './statement.ts'
import { action, type FundsView, fundOf, page, statusOf } from './view.ts'

const PAGE = 50
/** An enterprise has few acts; all of them are shown. */
const ALL = 500

type GrantRequest = PageRequest<'id', FundsView>

/** Money of enterprises in the console: allotted, paid, recorded, and their statements. */
export const grantRoutes: readonly ConsoleRoute[] = [
  page('funds.read', '/console/grants', nothing, async (_, request) => {
    const { deps, query, staff, view } = request
    const fund = fundOf(query('fund'))
    const show = GRANT_SHOWS.find((one) => one === query('show')) ?? 'all'
    const district = staff.district ?? query('district')
    const lines = await listGrants(deps.db, deps.vault, staff, {
      ...yearOf(view.world, fund),
      show,
      ...(district === '' ? {} : { district }),
      paidStages: paidStages(view.world),
      after: query('after'),
      limit: PAGE + 1,
    })
    const last = lines.length > PAGE ? lines[PAGE - 1] : undefined
    const more = new URLSearchParams({ fund, show, district, after: last?.number ?? '' })
    return (
      <GrantsPage
        view={view}
        query={{ fund, district, show }}
        lines={lines.slice(0, PAGE)}
        next={last === undefined ? null : `/console/grants?${more}`}
      />
    )
  }),
  page('funds.read', '/console/grants/:id', load, (line, request) => show(request, line)),
  page('funds.read', '/console/grants/:id/statement.xlsx', load, (line, request) =>
    exportStatement(request, { name: `funds-${line.number}`, caseId: line.caseId }),
  ),
  action('funds.move', '/console/grants/:id/move', load, async (line, request) => {
    const { deps, staff, view } = request
    const form = await request.form(MoveForm)
    if (!form.ok) return { status: 400, page: await show(request, line, form.draft) }
    const { move, day, document, key } = form.data
    if (move !== 'allot' && move !== 'pay' && move !== 'record') return 'invalid'
    const done = await moveMoney(view.world, staff, {
      move,
      grant: { caseId: line.caseId },
      amountFen: amountIn(form.data),
      day,
      document,
      key: key || view.newKey(),
    })
    if (done.ok) {
      deps.wake()
      return `/console/grants/${line.caseId}?done`
    }
    const draft = tellProblem(view, form.draft, done.problem)
    return { status: statusOf(done.problem), page: await show(request, line, draft) }
  }),
]

/** An enterprise that is theirs to see, with its money of the direct subsidy. */
async function load({ deps, params, staff, view }: GrantRequest): Promise<GrantLine | null> {
  const [line = null] = await listGrants(deps.db, deps.vault, staff, {
    ...yearOf(view.world, 'direct'),
    show: 'all',
    caseId: params.id,
    paidStages: paidStages(view.world),
    after: '',
    limit: 1,
  })
  return line
}

async function show(request: GrantRequest, line: GrantLine, refused?: FormDraft) {
  const { c, deps, staff, view } = request
  const { programme, year } = yearOf(view.world, 'direct')
  const filter = { programme, year, caseId: line.caseId, limit: ALL }
  return (
    <GrantPage
      view={view}
      line={line}
      today={chinaDay(view.now)}
      acts={await listActs(deps.db, staff, filter)}
      done={c.req.query('done') !== undefined}
      {...(refused === undefined ? {} : { refused })}
    />
  )
}
