import * as z from 'zod'
import { listActs } from '../../../db/funds/acts.ts'
import { findGrant, GRANT_SHOWS, type GrantLine, listGrants } from '../../../db/funds/grants.ts'
import { listPayees } from '../../../db/funds/payees.ts'
import { writeAudited } from '../../../db/staff/audit.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { Fund } from '../../../flows/programme/money/funds.ts'
import { paidStages } from '../../../flows/programme/money/paid-stages.ts'
import { type FormDraft, version } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { yearOf } from '../context.ts'
import { askForAccounts, decidePayeeNow } from '../decide-payee.ts'
import { moveMoney } from '../move-money.ts'
import { GrantPage } from './grant-page.tsx'
import { GrantsPage } from './grants-page.tsx'
import { amountIn, MoveForm, tellProblem } from './move-form.tsx'
import { exportStatement } from './statement.ts'
import { action, type FundsView, fundOf, page, statusOf } from './view.ts'

const AskForm = z.object({ district: z.string() })
const AccountForm = z.object({
  account: z.string(),
  version: version(),
  says: z.string(),
})
const RevealForm = z.object({ account: z.string() })
/** An enterprise has few acts; all of them are shown. */
const ALL = 500

type GrantRequest = PageRequest<'id', FundsView>

/** Money of enterprises in the console: allotted, paid, recorded, and their statements. */
export const grantRoutes: readonly ConsoleRoute[] = [
  page('funds.read', '/console/grants', nothing, async (_, request) => {
    const { c, deps, query, staff, view } = request
    const fund = fundOf(query('fund'))
    const show = GRANT_SHOWS.find((one) => one === query('show')) ?? 'all'
    const district = staff.district ?? query('district')
    const filter = { ...filterOf(view, district, fund), show }
    const page = { cursor: query('page'), limit: ROWS }
    const asked = Number(c.req.query('asked'))
    return (
      <GrantsPage
        view={view}
        query={{ fund, district, show }}
        lines={await listGrants(deps.db, deps.vault, staff, filter, page)}
        {...(Number.isInteger(asked) && asked >= 0 ? { asked } : {})}
      />
    )
  }),
  action('funds.move', '/console/grants/ask', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const { district } = await request.read(AskForm)
    const place = staff.district ?? district
    const count = await askForAccounts(deps, staff, filterOf(view, place, 'direct'))
    deps.wake()
    return `/console/grants?${new URLSearchParams({ show: 'no-account', district: place, asked: String(count) })}`
  }),
  page('funds.read', '/console/grants/:id', load, (line, request) => show(request, line)),
  page('funds.read', '/console/grants/:id/statement.xlsx', load, (line, request) =>
    exportStatement(request, { name: `funds-${line.number}`, caseId: line.caseId }),
  ),
  action('funds.move', '/console/grants/:id/move', load, async (line, request) => {
    const { deps, staff, view } = request
    const form = await request.form(MoveForm)
    if (!form.ok) return { status: 400, page: await show(request, line, { refused: form.draft }) }
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
    return { status: statusOf(done.problem), page: await show(request, line, { refused: draft }) }
  }),
  action('funds.account', '/console/grants/:id/account', load, async (line, request) => {
    const { deps, staff, view } = request
    const { account, version, says } = await request.read(AccountForm)
    const wish = { id: account, version, yes: says === 'yes' }
    if (!(await isOf(request, line, account))) return 'invalid'
    const done = await decidePayeeNow(deps, staff, wish)
    if (done.ok) {
      deps.wake()
      return `/console/grants/${line.caseId}?done#account`
    }
    const problem = view.whyNot(done.problem)
    return { status: statusOf(done.problem), page: await show(request, line, { problem }) }
  }),
  action('cases.reveal', '/console/grants/:id/reveal', load, async (line, request) => {
    const { deps, staff } = request
    const { account } = await request.read(RevealForm)
    if (!(await isOf(request, line, account))) return 'invalid'
    const entry = { at: deps.now(), actor: staff.id, action: 'fund.account-revealed' } as const
    await writeAudited(deps.db, [{ ...entry, subject: `case:${line.number}` }], [])
    return { status: 200, page: await show(request, line, { revealed: account }) }
  }),
]

/** Whether an account is one of this application's. */
async function isOf({ deps, staff }: GrantRequest, { caseId }: GrantLine, account: string) {
  const accounts = await listPayees(deps.db, deps.vault, staff, { caseId })
  return accounts.some(({ id }) => id === account)
}

/** An enterprise that is theirs to see, with its money of the direct subsidy. */
function load({ deps, params, staff, view }: GrantRequest): Promise<GrantLine | null> {
  const filter = { ...filterOf(view, '', 'direct'), caseId: params.id }
  return findGrant(deps.db, deps.vault, staff, filter)
}

function filterOf({ world }: FundsView, district: string, fund: Fund) {
  const place = district === '' ? {} : { district }
  return { ...yearOf(world, fund), ...place, paidStages: paidStages(world) }
}

type Shown = { refused?: FormDraft; revealed?: string; problem?: string }

async function show(request: GrantRequest, line: GrantLine, shown: Shown = {}) {
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
      accounts={await listPayees(deps.db, deps.vault, staff, { caseId: line.caseId })}
      {...shown}
    />
  )
}
