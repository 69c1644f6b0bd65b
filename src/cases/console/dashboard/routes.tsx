import { loadDashboard } from '../../../../db/cases/dashboard.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { packViewOf } from '../../../console/view.ts'
import { DashboardPage } from './page.tsx'

/** How the year goes, in figures that lead to their rows. */
export function dashboardRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console/dashboard',
      rule: 'dashboard.read',
      handle: async (c) => {
        const view = await packViewOf(deps, c)
        const figures = await loadDashboard(deps.db, c.get('staff'), {
          programme: deps.programme,
          year: view.pack.programme.year,
          now: deps.now(),
        })
        return c.html(<DashboardPage view={view} figures={figures} />)
      },
    },
  ]
}
