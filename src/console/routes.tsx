import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import type { StaffMember } from '../../db/staff-members.ts'
import type { Deps } from '../deps.ts'
import { languageCookie, pickLocale } from '../webhooks/web-page.ts'
import { accountRoutes } from './account/routes.tsx'
import { answersRoutes } from './answers/routes.tsx'
import { auditRoutes } from './audit/routes.tsx'
import { type Auth, createAuth } from './auth.ts'
import { listRoutes } from './campaigns/lists-routes.tsx'
import { campaignRoutes } from './campaigns/routes.tsx'
import { cannedRoutes } from './canned/routes.tsx'
import { casesRoutes } from './cases/routes.tsx'
import { dashboardRoutes } from './dashboard/routes.tsx'
import { eventsRoutes } from './events/routes.tsx'
import { inboxRoutes } from './inbox/routes.tsx'
import { ledgerRoutes } from './ledger/routes.tsx'
import { ledgerImportRoutes } from './ledger-import/routes.tsx'
import { missesRoutes } from './misses/routes.tsx'
import { mount } from './mount.ts'
import { noticesRoutes } from './notices/routes.tsx'
import { may } from './permissions.ts'
import { problemPage } from './problem-page.tsx'
import { providerRoutes } from './provider/routes.tsx'
import { quizzesRoutes } from './quizzes/routes.tsx'
import type { ConsoleDeps, ConsoleEnv, ConsoleRoute } from './route.ts'
import { signInRoutes } from './sign-in/routes.tsx'
import { setUpRoutes } from './sign-in/set-up-routes.tsx'
import { staffRoutes } from './staff/routes.tsx'
import { voucherRoutes } from './vouchers/routes.tsx'

/** Every route of the console with its rule: what is not listed here is not served. */
export function consoleRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console',
      rule: 'own-account',
      handle: (c) => c.redirect(firstPage(c.get('staff')), 303),
    },
    ...signInRoutes(deps),
    ...setUpRoutes(deps),
    ...casesRoutes(deps),
    ...inboxRoutes(deps),
    ...cannedRoutes(deps),
    ...missesRoutes(deps),
    ...answersRoutes(deps),
    ...noticesRoutes(deps),
    ...campaignRoutes(deps),
    ...listRoutes(deps),
    ...eventsRoutes(deps),
    ...quizzesRoutes(deps),
    ...dashboardRoutes(deps),
    ...ledgerRoutes(deps),
    ...ledgerImportRoutes(deps),
    ...voucherRoutes(deps),
    ...providerRoutes(deps),
    ...staffRoutes(deps),
    ...auditRoutes(deps),
    ...accountRoutes(deps),
  ]
}

/** Where somebody's day begins. */
function firstPage(staff: StaffMember): string {
  if (may(staff, 'cases.decide')) return '/console/cases'
  if (may(staff, 'vouchers.redeem')) return '/console/redeem'
  return may(staff, 'inbox.read') ? '/console/inbox' : '/console/account'
}

/** What the pages need beyond the application: the sign-in, made with the first request. */
export function createConsoleDeps(deps: Deps): ConsoleDeps {
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
  mount(pages, deps, consoleRoutes(deps))
  pages.all('/console/*', (c) => problemPage(deps, c, 'not-found'))
  // The application logs it without its words, which may be a person's, and answers.
  pages.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    throw error
  })
  return pages
}
