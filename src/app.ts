import type { Handler, Hono, MiddlewareHandler } from 'hono'
import { createChatApp } from './chat-app.ts'
import type { Deps } from './kernel/deps.ts'

/**
 * The whole application as one fetch handler, as one process serves it. On Workers the two halves are deployed apart:
 * src/worker.ts, src/console-worker.ts. `assets` as for `createShell`.
 */
export function createApp(deps: Deps, ...assets: readonly MiddlewareHandler[]): Hono {
  const app = createChatApp(deps, assets)
  // Loaded when staff first come: a start does not wait for it.
  let staffPages: Promise<{
    fetch: (request: Request, env: unknown) => Response | Promise<Response>
  }>
  const forStaff: Handler = async (c) => {
    staffPages ??= import('./console-app.tsx').then(({ createConsole }) => createConsole(deps))
    return (await staffPages).fetch(c.req.raw, c.env)
  }
  let door: Promise<{ fetch: (request: Request, env: unknown) => Response | Promise<Response> }>
  app.all('/api/v1/*', async (c) => {
    door ??= import('./api/app.ts').then(({ createApi }) => createApi(deps))
    return (await door).fetch(c.req.raw, c.env)
  })
  app.all('/console', forStaff)
  app.all('/console/*', forStaff)
  return app
}
