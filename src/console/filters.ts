import * as z from 'zod'
import { dropFilter, saveFilter } from '../../db/staff/saved-filters.ts'
import { commit } from '../kernel/commit/commit.ts'
import { line } from './form.ts'
import { FILTERS_PATH } from './lists.tsx'
import { action, nothing } from './page.ts'
import type { ConsoleRoute } from './route.ts'

const LIST = /^\/console(\/[\w-]+)+$/
const LONGEST = 500

const FilterForm = z.object({
  list: z.string(),
  query: z.string(),
  name: line('console.filterNameEmpty', { max: 40 }),
})

/** Keeping a list's filter under a name, and giving it up; both lead back to the list as it was. */
export const filterRoutes: readonly ConsoleRoute[] = [
  keep(FILTERS_PATH, 'keep'),
  keep(`${FILTERS_PATH}/drop`, 'drop'),
]

function keep(path: `/console${string}`, what: 'keep' | 'drop'): ConsoleRoute {
  return action('own-account', path, nothing, async (_, request) => {
    const { deps, staff } = request
    const form = await request.form(FilterForm)
    if (!form.ok) return 'invalid'
    const { list, name } = form.data
    const asked = new URLSearchParams(form.data.query)
    for (const own of ['page', 'lang']) asked.delete(own)
    const query = asked.toString()
    if (!LIST.test(list) || query.length > LONGEST) return 'invalid'
    await commit(deps.db, {
      plan: async () => ({
        result: null,
        write: [
          what === 'keep'
            ? saveFilter(staff.id, list, { name, query, at: deps.now() })
            : dropFilter(staff.id, list, name),
        ],
        audit: [],
      }),
    })
    const back: `/console${string}` = `/console${list.slice('/console'.length)}`
    return query === '' ? back : `${back}?${query}`
  })
}
