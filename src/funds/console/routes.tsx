import * as z from 'zod'
import { type FundAct, findAct, listActs } from '../../../db/funds/acts.ts'
import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { Fund } from '../../../flows/programme/money/funds.ts'
import { type FormDraft, formKey, line, withProblem } from '../../console/form.ts'
import { type ActionOutcome, nothing, type PageRequest, type Shown } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { yearOf } from '../context.ts'
import { fundsNow } from '../funds-now.ts'
import { decideMoney, moveMoney, reverseMoney } from '../move-money.ts'
import type { FundProblem } from '../problem.ts'
import { setQuota } from '../quota.ts'
import type { FundMoved } from '../store-act.ts'
import { ActPage, pathOf } from './acts.tsx'
import { grantRoutes } from './grant-routes.tsx'
import { MoveForm, partsIn, tellProblem } from './move-form.tsx'
import { OverviewPage } from './overview-page.tsx'
import { type Place, PlacePage } from './place-page.tsx'
import { exportStatement } from './statement.ts'
import { action, type FundsView, fundOf, page, statusOf } from './view.ts'

const PAGE = 50
const LATEST = 10

const QuotaForm = z.object({
  fund: z.string(),
  households: line('funds-console.problem-bad-count', { max: 6 }).refine(
    (text) => /^\d+$/.test(text),
    'funds-console.problem-bad-count',
  ),
  quotaDocument: line('funds-console.problem-document-needed', { max: 60 }),
  version: z.string(),
})
const ReverseForm = z.object({ key: formKey(), reason: z.string() })

type PlaceRequest = PageRequest<'id', FundsView>

/** Money by level in the console: quotas, reserves, allocations by two people, and their statements. */
export const fundRoutes: readonly ConsoleRoute[] = [
  page('funds.read', '/console/funds', nothing, async (_, request) => {
    const { deps, query, staff, view } = request
    const fund = fundOf(query('fund'))
    const of = yearOf(view.world, fund)
    const latest = await listActs(deps.db, staff, { ...of, limit: LATEST })
    const asked = await listActs(deps.db, staff, { ...of, asked: true, limit: PAGE })
    const now = await fundsNow(view.world, staff, fund)
    return <OverviewPage view={view} fund={fund} now={now} asked={asked} latest={latest} />
  }),
  page('funds.read', '/console/funds/statement.xlsx', nothing, (_, request) => {
    const { query, staff } = request
    const fund = fundOf(query('fund'))
    const place = query('place')
    const own = staff.district ?? place
    const name = `funds-${fund}-${own === '' ? 'all' : own}`
    if (own === '') return exportStatement(request, { name, fund })
    return exportStatement(
      request,
      own === 'city' ? { name, fund, level: 'city' } : { name, fund, district: own },
    )
  }),
  page('funds.read', '/console/funds/:id', load, (place, request) =>
    show(request, place, fundOf(request.query('fund'))),
  ),
  action('funds.move', '/console/funds/:id/move', load, async (place, request) => {
    const { params, staff, view } = request
    const form = await request.form(MoveForm)
    const fund = fundOf(form.ok ? form.data.fund : (form.draft.values.fund?.[0] ?? ''))
    if (!form.ok) return refusedForm(request, place, { fund, draft: form.draft })
    const { move, day, document, key } = form.data
    if (move !== 'receive' && move !== 'provide' && move !== 'reserve' && move !== 'allocate') {
      return 'invalid'
    }
    const done = await moveMoney(view.world, staff, {
      move,
      fund,
      parts: partsIn(form.data),
      day,
      document,
      key: key || view.newKey(),
      ...(params.id === 'city' ? {} : { district: params.id }),
    })
    if (done.ok) return `/console/funds/${params.id}?fund=${fund}&done`
    if (done.problem.kind === 'not-yours') return 'forbidden'
    const draft = tellProblem(view, form.draft, done.problem)
    return refusedForm(request, place, { fund, draft, problem: done.problem })
  }),
  action('funds.move', '/console/funds/:id/quota', load, async (place, request) => {
    const { params, staff, view } = request
    const form = await request.form(QuotaForm)
    const fund = fundOf(form.ok ? form.data.fund : (form.draft.values.fund?.[0] ?? ''))
    if (!form.ok) return refusedForm(request, place, { fund, draft: form.draft })
    const done = await setQuota(view.world, staff, {
      district: params.id,
      households: Number(form.data.households),
      document: form.data.quotaDocument,
      version: Number(form.data.version) || 0,
    })
    if (done.ok) return `/console/funds/${params.id}?fund=${fund}&done`
    if (done.problem.kind === 'not-yours') return 'forbidden'
    const draft = withProblem(form.draft, 'households', view.whyNot(done.problem))
    return refusedForm(request, place, { fund, draft, problem: done.problem })
  }),
  page('funds.read', '/console/acts/:id', loadAct, (act, { view }) => (
    <ActPage view={view} act={act} problem={null} />
  )),
  ...(['agree', 'decline'] as const).map((word) =>
    action('funds.agree', `/console/acts/:id/${word}`, loadAct, async (act, request) => {
      const { staff, view } = request
      const yes = word === 'agree'
      return told(request, act, await decideMoney(view.world, staff, { actId: act.id, yes }))
    }),
  ),
  action('funds.move', '/console/acts/:id/reverse', loadAct, async (act, request) => {
    const { staff, view } = request
    const { key, reason } = await request.read(ReverseForm)
    const wish = { actId: act.id, reason, key: key || view.newKey() }
    return told(request, act, await reverseMoney(view.world, staff, wish))
  }),
  ...grantRoutes,
]

/** The city, or a district that is theirs; the city's own is for who looks after all of it. */
async function load({ params, query, staff, view }: PlaceRequest): Promise<Place | null> {
  const now = await fundsNow(view.world, staff, fundOf(query('fund')))
  if (params.id === 'city') {
    return staff.district === null ? { kind: 'city', city: now.city } : null
  }
  const place = now.places.find(({ district }) => district === params.id)
  return place === undefined ? null : { kind: 'district', place }
}

function loadAct({ deps, params, staff }: PlaceRequest): Promise<FundAct | null> {
  return findAct(deps.db, staff, { id: params.id })
}

async function show(request: PlaceRequest, which: Place, fund: Fund, refused?: FormDraft) {
  const { c, deps, params, query, staff, view } = request
  const of = yearOf(view.world, fund)
  const place =
    which.kind === 'city'
      ? { level: 'city' as const }
      : { level: 'county' as const, district: which.place.district }
  const [at = '', id = ''] = query('before').split('~')
  const acts = await listActs(deps.db, staff, {
    ...of,
    ...place,
    ...(at && id ? { before: { at, id } } : {}),
    limit: PAGE + 1,
  })
  const last = acts.length > PAGE ? acts[PAGE - 1] : undefined
  const older = new URLSearchParams({ fund, before: `${last?.at}~${last?.id}` })
  return (
    <PlacePage
      view={view}
      fund={fund}
      which={which}
      today={chinaDay(view.now)}
      acts={acts.slice(0, PAGE)}
      next={last === undefined ? null : `/console/funds/${params.id}?${older}`}
      done={c.req.query('done') !== undefined}
      {...(refused === undefined ? {} : { refused })}
    />
  )
}

/** The page with the form that was refused. */
async function refusedForm(
  request: PlaceRequest,
  which: Place,
  { fund, draft, problem }: { fund: Fund; draft: FormDraft; problem?: FundProblem },
): Promise<Shown> {
  const status = problem === undefined ? 400 : statusOf(problem)
  return { status, page: await show(request, which, fund, draft) }
}

function told({ view }: PlaceRequest, act: FundAct, done: FundMoved): ActionOutcome {
  if (done.ok) return pathOf(act)
  const { problem } = done
  const page = <ActPage view={view} act={act} problem={view.whyNot(problem)} />
  return { status: statusOf(problem), page }
}
