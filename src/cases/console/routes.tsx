import * as z from 'zod'
import { listDocuments } from '../../../db/cases/attachments.ts'
import { loadCaseFile } from '../../../db/cases/case-file.ts'
import { openApplications } from '../../../db/cases/content.ts'
import { searchProgress } from '../../../db/cases/search.ts'
import { countStaffCases, type ListedCase, listStaffCases } from '../../../db/cases/staff-cases.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import { handedIn, takesUp } from '../../../flows/programme/lifecycle/application-stages.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { actOnCase, openMoves } from '../act-on-case.ts'
import { findCases } from '../find-cases.ts'
import { papersOf } from '../papers-of.ts'
import { filterOf, parseQuery, tabsOf, viewOfTab } from '../queue-filter.ts'
import { BulkPage, type BulkResult } from './bulk-page.tsx'
import { caseRoutes } from './case-routes.tsx'
import type { QueueRow } from './list-row.tsx'
import { action, type DeskView, page } from './pages.ts'
import { QueuePage } from './queue-page.tsx'
import { FoundPage } from './search.tsx'

/** So many are accepted with one click at most: a page of the list. */
const MOST_AT_ONCE = ROWS

const SearchForm = z.object({ q: z.string() })
const PickForm = z.object({ pick: z.array(z.string()) })

/** Applications: the list, a search, several at once, and each by itself. */
export const casesRoutes: readonly ConsoleRoute[] = [
  page('cases.read', '/console/cases', nothing, (_, request) => showQueue(request)),
  action('cases.read', '/console/cases/search', nothing, async (_, request) => {
    const { staff, view } = request
    const { q } = await request.read(SearchForm)
    const found = await findCases(view.desk, staff, q)
    if (found.kind !== 'found') {
      const page = await showQueue(request, {
        search: withProblem(draftOf({ q }), 'q', view.say(found.words)),
      })
      return { status: found.kind === 'nothing' ? 404 : 400, page }
    }
    const [only, ...others] = found.cases
    return only !== undefined && others.length === 0
      ? `/console/cases/${only.head.id}`
      : { status: 200, page: <FoundPage view={view} desk={view.desk} found={found.cases} /> }
  }),
  action('cases.decide', '/console/cases/accept', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const { desk } = view
    const picked = [...new Set((await request.read(PickForm)).pick)]
    const move = takesUp(desk.pack.stages)
    if (picked.length > MOST_AT_ONCE) {
      const problem = view.t('cases-console.bulkTooMany', {
        most: MOST_AT_ONCE,
        move: move?.label[view.locale] ?? '',
      })
      return { status: 400, page: await showQueue(request, { problem }) }
    }
    const results: BulkResult[] = []
    for (const one of picked) {
      const [number = '', seen] = one.split(':')
      const version = Number(seen) || 0
      const file = await loadCaseFile(desk.db, desk.vault, { number }, staff)
      const result = await actOnCase(desk, staff, file, { version, move: move?.id ?? '' })
      results.push({ number, id: file?.head.id ?? null, result })
    }
    if (results.some(({ result }) => result.ok)) deps.wake()
    return { status: 200, page: <BulkPage view={view} desk={desk} results={results} /> }
  }),
  ...caseRoutes,
]

async function showQueue(
  { c, deps, staff, view }: PageRequest<never, DeskView>,
  { problem, search = draftOf({}) }: { problem?: string; search?: FormDraft } = {},
) {
  const { desk } = view
  const { pack, db, now } = desk
  const { stages } = pack
  const places = staff.district === null ? await listPlaces(deps, view.locale) : []
  const districts = places.map(({ id }) => id)
  const asked = parseQuery((name) => c.req.query(name), { stages, staff, districts })
  const filter = filterOf(asked, { stages, staff, programme: pack.programme.id, now: now() })
  const counts = await countStaffCases(db, staff, filter)
  const tabs = tabsOf(stages, staff).map((id) => ({ id, count: countOf(id) }))
  const page = await listStaffCases(db, staff, {
    ...filter,
    view: viewOfTab(stages, staff, asked.tab),
    sort: asked.sort,
    review: pack.rules.review.map(({ id }) => id),
    keyGroupJobs: pack.facts.keyGroupJobsForPreference.value,
    limit: ROWS,
    cursor: c.req.query('page') ?? '',
  })
  const ids = page.rows.map(({ id }) => id)
  const opened = await openApplications(db, desk.vault, ids)
  const come = await listDocuments(db, ids)
  const rowOf = (row: ListedCase): QueueRow => {
    const said = opened.get(row.id)
    const business = said?.answers.enterpriseName
    return {
      row,
      name: maskName(said?.applicant.name ?? ''),
      business: typeof business === 'string' ? business : '',
      papers: said === undefined ? null : papersOf(pack.form, said.answers, come.get(row.id) ?? []),
    }
  }
  const untouched = { head: { stage: handedIn(stages) }, events: [] }
  return (
    <QueuePage
      view={view}
      desk={desk}
      query={asked}
      tabs={tabs}
      page={{
        ...page,
        rows: page.rows.map((row) => rowOf(row)),
      }}
      places={places}
      canTakeUp={openMoves(stages, staff, untouched).some(({ id }) => id === takesUp(stages)?.id)}
      problem={problem}
      search={search}
      filling={await searchProgress(db, staff)}
    />
  )

  function countOf(tab: string): number {
    const shown = viewOfTab(stages, staff, tab)
    if (shown === 'closed') return counts.closed
    const wanted = shown.stages ?? [...counts.open.keys()]
    return wanted.reduce((sum, stage) => sum + (counts.open.get(stage) ?? 0), 0)
  }
}
