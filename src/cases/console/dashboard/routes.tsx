import { loadDashboard } from '../../../../db/cases/dashboard.ts'
import { packPages } from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { DashboardPage } from './page.tsx'

/** How the year goes, in figures that lead to their rows. */
export const dashboardRoutes: readonly ConsoleRoute[] = [
  packPages.page(
    'dashboard.read',
    '/console/dashboard',
    ({ deps, staff, view }) =>
      loadDashboard(deps.db, staff, {
        programme: deps.programme,
        year: view.pack.programme.year,
        now: view.now,
      }),
    (figures, { view }) => <DashboardPage view={view} figures={figures} />,
  ),
]
