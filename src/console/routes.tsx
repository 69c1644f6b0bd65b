import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import type { Deps } from '../deps.ts'
import { pickLocale } from '../webhooks/web-page.ts'
import { accountRoutes } from './account/routes.tsx'
import { auditRoutes } from './audit/routes.tsx'
import { type Auth, createAuth } from './auth.ts'
import { inboxRoutes } from './inbox/routes.tsx'
import { missesRoutes } from './misses/routes.tsx'
import { mount } from './mount.ts'
import { may } from './permissions.ts'
import { problemPage } from './problem-page.tsx'
import type { ConsoleDeps, ConsoleEnv, ConsoleRoute } from './route.ts'
import { signInRoutes } from './sign-in/routes.tsx'
import { setUpRoutes } from './sign-in/set-up-routes.tsx'
import { staffRoutes } from './staff/routes.tsx'

/** Every route of the console with its rule: what is not listed here is not served. */
export function consoleRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  return [
    {
      method: 'GET',
      path: '/console',
      rule: 'own-account',
      handle: (c) =>
        c.redirect(may(c.get('staff'), 'inbox.read') ? '/console/inbox' : '/console/account', 303),
    },
    ...signInRoutes(deps),
    ...setUpRoutes(deps),
    ...inboxRoutes(deps),
    ...missesRoutes(deps),
    ...staffRoutes(deps),
    ...auditRoutes(deps),
    ...accountRoutes(deps),
  ]
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
      c.header('Set-Cookie', `lang=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`, {
        append: true,
      })
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
  return pages
}
