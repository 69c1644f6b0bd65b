import { openNames } from '../../../db/cases/content.ts'
import { countStaffCases, findStaffCase, listStaffCases } from '../../../db/cases/staff-cases.ts'
import { maskName } from '../../../flows/programme/form/mask.ts'
import { handedIn, takesUp } from '../../../flows/programme/lifecycle/application-stages.ts'
import { readFields, textsOf } from '../../console/form.ts'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { listPlaces } from '../../kernel/places.ts'
import { actOnCase, type CaseDeskContext, openMoves } from '../act-on-case.ts'
import { filterOf, parseQuery, type QueueQuery, tabsOf, viewOfTab } from '../queue-filter.ts'
import { BulkPage, type BulkResult } from './bulk-page.tsx'
import { caseRoutes } from './case-routes.tsx'
import { QueuePage, ROWS } from './queue-page.tsx'
import { FoundPage, search } from './search.tsx'
import { createWithDesk } from './with-case.ts'

/** So many are accepted with one click at most: a page of the list. */
const MOST_AT_ONCE = ROWS

/** Applications: the list, a search, several at once, and each by itself. */
export function casesRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const withDesk = createWithDesk(deps)

  const showQueue = async (
    c: ConsoleContext,
    desk: CaseDeskContext,
    { problem, typed, status }: { problem?: string; typed?: string; status?: 400 | 404 } = {},
  ) => {
    const staff = c.get('staff')
    const { pack, db, now } = desk
    const { stages } = pack
    const places = staff.district === null ? await listPlaces(deps, c.get('locale')) : []
    const asked = parseQuery((name) => c.req.query(name), {
      stages,
      staff,
      districts: places.map(({ id }) => id),
    })
    const filter = filterOf(asked, { stages, staff, programme: pack.programme.id, now: now() })
    const counts = await countStaffCases(db, staff, filter)
    const tabs = tabsOf(stages, staff).map((id) => ({ id, count: countOf(id) }))
    const total = countOf(asked.tab)
    const page = Math.min(asked.page, Math.max(1, Math.ceil(total / ROWS)))
    const query: QueueQuery = { ...asked, page }
    const rows = await listStaffCases(db, staff, {
      ...filter,
      view: viewOfTab(stages, staff, query.tab),
      review: pack.rules.review.map(({ id }) => id),
      keyGroupJobs: pack.facts.keyGroupJobsForPreference.value,
      limit: ROWS,
      offset: (page - 1) * ROWS,
    })
    const names = await openNames(
      db,
      desk.vault,
      rows.map(({ id }) => id),
    )
    if (status !== undefined) c.status(status)
    return c.html(
      <QueuePage
        view={viewOf(deps, c)}
        desk={desk}
        query={query}
        tabs={tabs}
        rows={rows.map((row) => ({ row, name: maskedName(names.get(row.id)) }))}
        total={total}
        places={places}
        canTakeUp={openMoves(stages, staff, { head: { stage: handedIn(stages) }, events: [] }).some(
          ({ id }) => id === takesUp(stages)?.id,
        )}
        problem={problem}
        typed={typed}
      />,
    )

    function countOf(tab: string): number {
      const view = viewOfTab(stages, staff, tab)
      if (view === 'closed') return counts.closed
      const wanted = view.stages ?? [...counts.open.keys()]
      return wanted.reduce((sum, stage) => sum + (counts.open.get(stage) ?? 0), 0)
    }
  }

  return [
    {
      method: 'GET',
      path: '/console/cases',
      rule: 'cases.read',
      handle: withDesk((c, desk) => showQueue(c, desk)),
    },
    {
      method: 'POST',
      path: '/console/cases/search',
      rule: 'cases.read',
      handle: withDesk(async (c, desk) => {
        const { q } = await readFields(c, ['q'])
        const view = viewOf(deps, c)
        const found = await search(desk, c.get('staff'), view, q)
        if (found.kind !== 'found') {
          const status = found.kind === 'nothing' ? 404 : 400
          return showQueue(c, desk, { problem: found.words, typed: q, status })
        }
        const [only, ...others] = found.cases
        return only !== undefined && others.length === 0
          ? c.redirect(`/console/cases/${only.id}`, 303)
          : c.html(<FoundPage view={view} desk={desk} found={found.cases} />)
      }),
    },
    {
      method: 'POST',
      path: '/console/cases/accept',
      rule: 'cases.decide',
      handle: withDesk(async (c, desk) => {
        const form: Record<string, unknown> = await c.req.parseBody({ all: true })
        const picked = [...new Set(textsOf(form.pick))]
        const view = viewOf(deps, c)
        if (picked.length > MOST_AT_ONCE) {
          const problem = view.t('cases-console.bulkTooMany', {
            most: MOST_AT_ONCE,
            move: takesUp(desk.pack.stages)?.label[view.locale] ?? '',
          })
          return showQueue(c, desk, { problem, status: 400 })
        }
        const results: BulkResult[] = []
        for (const one of picked) {
          const [number = '', version] = one.split(':')
          const result = await actOnCase(desk, c.get('staff'), {
            number,
            version: Number(version) || 0,
            move: takesUp(desk.pack.stages)?.id ?? '',
          })
          const { head = null } =
            (await findStaffCase(desk.db, desk.vault, c.get('staff'), { number })) ?? {}
          results.push({ number, id: head?.id ?? null, result })
        }
        if (results.some(({ result }) => result.ok)) deps.wake()
        return c.html(<BulkPage view={view} desk={desk} results={results} />)
      }),
    },
    ...caseRoutes(deps),
  ]
}

function maskedName(name: string | undefined): string {
  return name === undefined ? '' : maskName(name)
}
