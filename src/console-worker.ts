import { createTranslate } from '../locales/i18n.ts'
import { createApi } from './api/app.ts'
import { DOOR_JOBS } from './api/door-jobs.ts'
import { createWebPost } from './api/webhooks/post-web.ts'
import { createConsole } from './console-app.tsx'
import { createShell } from './http/create-shell.ts'
import { readConfig } from './kernel/config.ts'
import { type Context, createStart, type Env, notStarted } from './start-worker.ts'

const start = createStart<Env>({
  translate: createTranslate(),
  sends: false,
  serve: (deps) => {
    const app = createShell(deps)
    const pages = createConsole(deps)
    const door = createApi(deps)
    app.all('/api/v1/*', (c) => door.fetch(c.req.raw, c.env))
    app.all('/console', (c) => pages.fetch(c.req.raw, c.env))
    app.all('/console/*', (c) => pages.fetch(c.req.raw, c.env))
    return app
  },
})

/** The office's pages, and the door for other systems. It has no address of its own: src/worker.ts hands it what is for it. */
export default {
  async fetch(request: Request, env: Env, ctx: Context): Promise<Response> {
    try {
      const { fetch } = await start(env, ctx)
      return await fetch(request)
    } catch (error) {
      return notStarted(error)
    }
  },

  /** Tells other systems what happened: by the minute, and not in the chat's Worker. */
  async scheduled(_event: unknown, env: Env, ctx: Context): Promise<void> {
    const { deps, retentionDays } = await start(env, ctx)
    const hosts = readConfig(env)
      .WEBHOOK_HOSTS.split(',')
      .filter((host) => host !== '')
    const told = { ...deps, postOut: createWebPost(hosts) }
    for (const job of DOOR_JOBS) await job.run(told, { retentionDays })
  },
}
