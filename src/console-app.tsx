import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import type { StaffMember } from '../db/staff/members.ts'
import { apiRoutes } from './api/console/routes.tsx'
import { listRoutes } from './campaigns/console/lists-routes.tsx'
import { campaignRoutes } from './campaigns/console/routes.tsx'
import { dashboardRoutes } from './cases/console/dashboard/routes.tsx'
import { casesRoutes } from './cases/console/routes.tsx'
import { type Auth, createAuth } from './console/auth.ts'
import { filterRoutes } from './console/filters.ts'
import { mount } from './console/mount.ts'
import { nothing, page } from './console/page.ts'
import { problemPage } from './console/problem-page.tsx'
import type { ConsoleDeps, ConsoleEnv, ConsoleRoute } from './console/route.ts'
import { eventsRoutes } from './events/console/routes.tsx'
import { fundRoutes } from './funds/console/routes.tsx'
import { officeRoutes } from './handoffs/console/offices/routes.tsx'
import { cannedRoutes } from './handoffs/console/reply-templates/routes.tsx'
import { inboxRoutes } from './handoffs/console/routes.tsx'
import { languageCookie, pickLocale } from './http/page-language.ts'
import type { Deps } from './kernel/deps.ts'
import { may } from './kernel/permissions.ts'
import { missesRoutes } from './knowledge/console/misses/routes.tsx'
import { phraseRoutes } from './knowledge/console/phrases/routes.tsx'
import { answersRoutes } from './knowledge/console/routes.tsx'
import { ledgerImportRoutes } from './ledger/console/import/routes.tsx'
import { ledgerRoutes } from './ledger/console/routes.tsx'
import { noticesRoutes } from './outbox/console/routes.tsx'
import { quizzesRoutes } from './quizzes/console/routes.tsx'
import { accountRoutes } from './staff/console/account/routes.tsx'
import { auditRoutes } from './staff/console/audit/routes.tsx'
import { disclosureRoutes } from './staff/console/disclosures/routes.tsx'
import { staffRoutes } from './staff/console/routes.tsx'
import { signInRoutes } from './staff/console/sign-in/routes.tsx'
import { setUpRoutes } from './staff/console/sign-in/set-up-routes.tsx'
import { answerSignedOut } from './staff/console/sign-in/signed-out.tsx'
import { tipoffRoutes } from './tipoffs/console/routes.tsx'
import { providerRoutes } from './vouchers/console/provider/routes.tsx'
import { voucherRoutes } from './vouchers/console/routes.tsx'

/** Every route of the console with its rule: what is not listed here is not served. */
export const CONSOLE_ROUTES: readonly ConsoleRoute[] = [
  page('own-account', '/console', nothing, (_, { c, staff }) => c.redirect(firstPage(staff), 303)),
  ...signInRoutes,
  ...setUpRoutes,
  ...casesRoutes,
  ...inboxRoutes,
  ...cannedRoutes,
  ...officeRoutes,
  ...missesRoutes,
  ...phraseRoutes,
  ...answersRoutes,
  ...noticesRoutes,
  ...campaignRoutes,
  ...listRoutes,
  ...eventsRoutes,
  ...quizzesRoutes,
  ...dashboardRoutes,
  ...ledgerRoutes,
  ...ledgerImportRoutes,
  ...voucherRoutes,
  ...fundRoutes,
  ...providerRoutes,
  ...staffRoutes,
  ...tipoffRoutes,
  ...apiRoutes,
  ...auditRoutes,
  ...disclosureRoutes,
  ...accountRoutes,
  ...filterRoutes,
]

/** Where somebody's day begins. */
function firstPage(staff: StaffMember): string {
  if (may(staff, 'cases.decide')) return '/console/cases'
  if (may(staff, 'vouchers.redeem')) return '/console/redeem'
  if (may(staff, 'tipoffs.read')) return '/console/tipoffs'
  if (may(staff, 'inbox.read')) return '/console/inbox'
  return may(staff, 'misses.read') ? '/console/misses' : '/console/account'
}

/** What the pages need beyond the application: the sign-in, made with the first request. */
function createConsoleDeps(deps: Deps): ConsoleDeps {
  let auth: Auth | null = null
  return {
    ...deps,
    auth: () => {
      auth ??= createAuth(deps)
      return auth
    },
  }
}

/** The staff console under `/console`. */
export function createConsole(app: Deps) {
  const deps = createConsoleDeps(app)
  const pages = new Hono<ConsoleEnv>()
  pages.use('/console/*', async (c, next) => {
    const wanted = c.req.query('lang')
    const locale = pickLocale(wanted, c.req.raw)
    c.set('locale', locale)
    c.header('Cache-Control', 'no-store')
    if (wanted !== undefined) {
      c.header('Set-Cookie', languageCookie(locale, deps.webUrl()), { append: true })
    }
    return next()
  })
  pages.use(
    '/console/*',
    csrf({
      // Behind a proxy that ends TLS the scheme of our own address differs, the host does not.
      origin: (origin, c) =>
        URL.canParse(origin) &&
        new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host),
    }),
  )
  mount(pages, deps, CONSOLE_ROUTES, answerSignedOut)
  pages.all('/console/*', (c) => problemPage(deps, c, 'not-found'))
  // The application logs it without its words, which may be a person's, and answers.
  pages.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    throw error
  })
  return pages
}
