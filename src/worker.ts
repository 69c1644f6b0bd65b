import { chatCatalog } from '../locales/chat-catalog.ts'
import { createTranslateFrom } from '../locales/translate.ts'
import { recoverEvents } from './channels/take-fetched.ts'
import { connectPage } from './channels/web-live.ts'
import { createChatApp } from './chat-app.ts'
import { doMinute, doRounds } from './jobs.ts'
import type { Deps } from './kernel/deps.ts'
import { type Context, createStart, dispatch, type Env, notStarted } from './start-worker.ts'

export { PersonQueue } from './platform/people/person-queue.ts'

type Fetcher = { fetch: (request: Request | URL) => Promise<Response> }
type ChatEnv = Env & {
  ASSETS?: Fetcher
  /** The Worker of the office's pages (src/console-worker.ts). */
  CONSOLE?: Fetcher
}

const start = createStart<ChatEnv>({
  translate: createTranslateFrom(chatCatalog),
  sends: true,
  serve: (deps, env, people) => {
    const app = createChatApp(deps, [
      async (c) => {
        const url = new URL(c.req.url)
        url.pathname = url.pathname.slice('/assets'.length)
        const asset = await env.ASSETS?.fetch(url)
        // A copy, since the binding's own headers cannot be added to.
        return asset?.ok === true ? new Response(asset.body, asset) : c.notFound()
      },
    ])
    return {
      async fetch(request) {
        // Not by the app, whose headers cannot be put on an open connection.
        const connected =
          people === null ? null : connectPage(request, deps.sessionSecret, people.connect)
        return (await connected) ?? app.fetch(request)
      },
    }
  },
})

/** What people and networks come to, and what nobody waits for. The office's pages are handed to a Worker of their own. */
export default {
  async fetch(request: Request, env: ChatEnv, ctx: Context): Promise<Response> {
    if (/^\/console(\/|$)/.test(new URL(request.url).pathname)) {
      return toConsole(request, env, ctx)
    }
    try {
      const { fetch } = await start(env, ctx)
      return await fetch(request)
    } catch (error) {
      return notStarted(error)
    }
  },

  async scheduled(_event: unknown, env: ChatEnv, ctx: Context): Promise<void> {
    const { deps, retentionDays } = await start(env, ctx)
    await doMinute(deps, { retentionDays })
    await doRounds(deps, { retentionDays }, 'all')
    await recoverEvents(deps)
    await dispatch(deps, env, { feed: feedOutbox(retentionDays) })
  },

  /** However many messages came together, they all say the same. One that fails comes again. */
  async queue(_batch: unknown, env: ChatEnv, ctx: Context): Promise<void> {
    const { deps, retentionDays } = await start(env, ctx)
    await dispatch(deps, env, { feed: feedOutbox(retentionDays) })
  },
}

function feedOutbox(retentionDays: number): (deps: Deps) => Promise<void> {
  return (deps) => doRounds(deps, { retentionDays }, 'feeding-outbox')
}

/** Hands a request to the console; what that made due is sent from here, where no queue calls for it. */
async function toConsole(request: Request, env: ChatEnv, ctx: Context): Promise<Response> {
  if (env.CONSOLE === undefined) return noConsole()
  const response = await env.CONSOLE.fetch(request)
  if (request.method === 'POST' && env.OUTBOX === undefined) {
    ctx.waitUntil(start(env, ctx).then(({ deps }) => dispatch(deps, env)))
  }
  return response
}

/** The chat goes on without the console; whoever opens it is told what is missing. */
function noConsole(): Response {
  return Response.json(
    {
      error: 'no-console',
      message:
        'The console is a Worker of its own, which is not bound here. Deploy both, from a machine with the code: npm run deploy:worker',
    },
    { status: 503, headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' } },
  )
}
