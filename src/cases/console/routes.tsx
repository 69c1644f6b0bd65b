import * as z from 'zod'
import { listDocuments } from '../../../db/cases/attachments.ts'
import { openApplications } from '../../../db/cases/content.ts'
import { searchProgress } from '../../../db/cases/search.ts'
import { countStaffCases, type ListedCase, listStaffCases } from '../../../db/cases/staff-cases.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { ROWS } from '../../console/lists.tsx'
import { nothing, type PageRequest } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { openMoves } from '../act-on-case.ts'
import { findCases } from '../find-cases.ts'
import { papersOf } from '../papers-of.ts'
import { caseListOf, filterOf, parseQuery, tabsOf, viewOfTab } from '../queue-filter.ts'
import { caseRoutes } from './case-routes.tsx'
import type { QueueRow } from './list/list-row.tsx'
import { QueuePage } from './list/queue-page.tsx'
import { FoundPage } from './list/search.tsx'
import { action, type DeskView, page } from './pages.ts'
import { personRoutes } from './person/routes.tsx'
import { printRoutes } from './print/routes.tsx'
import { severalRoutes } from './several/routes.tsx'

const SearchForm = z.object({ q: z.string() })

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
  ...severalRoutes,
  ...caseRoutes,
  ...personRoutes,
  ...printRoutes,
]

async function showQueue(
  { c, deps, staff, view }: PageRequest<never, DeskView>,
  { search = draftOf({}) }: { search?: FormDraft } = {},
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
    ...caseListOf(asked, desk, staff),
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
  const atTab = { head: { stage: asked.tab }, events: [] }
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
      moves={
        stages.stages.some(({ id }) => id === asked.tab) ? openMoves(stages, staff, atTab) : []
      }
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
