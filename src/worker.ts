import { type Bucket, createR2Blobs } from '../db/blobs-r2.ts'
import { createSqlBlobs } from '../db/blobs-sql.ts'
import { createWebCipher } from '../db/cipher.web.ts'
import { openRemote } from '../db/client.web.ts'
import { createVault } from '../db/vault.ts'
import { createTranslate } from '../locales/i18n.ts'
import { createApp } from './app.ts'
import { sweepAttachments } from './attachments/sweep-attachments.ts'
import { createChannels } from './channels.ts'
import { ConfigError, personalDataOf, readConfig } from './config.ts'
import { createDeps, prepare } from './create-deps.ts'
import type { Deps } from './deps.ts'
import { createGatewayGuard } from './gateway.ts'
import { newId } from './ids.ts'
import { atOnce } from './in-turn.ts'
import { parseKeys } from './keys.ts'
import { createLog } from './log.ts'
import { dispatchOutbox } from './runner/dispatch-outbox.ts'
import { recoverLate } from './runner/late-events.ts'
import { sendReminders } from './runner/send-reminders.ts'

type Env = Readonly<Record<string, unknown>> & {
  ASSETS?: { fetch: typeof fetch }
  FILES?: Bucket
}
type Context = { waitUntil: (task: Promise<unknown>) => void }
type Application = { deps: Deps; fetch: (request: Request) => Response | Promise<Response> }

/** Made once an isolate; a failed start is not kept, so that the next request tries again. */
let application: Promise<Application> | null = null
/** The request that is being served lends its `waitUntil`; any of them does for background work. */
let lent: Context | null = null

const now = () => new Date().toISOString()
const log = createLog((line) => console.log(line), now)
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

export default {
  async fetch(request: Request, env: Env, ctx: Context): Promise<Response> {
    lent = ctx
    try {
      const { fetch } = await start(env, ctx)
      return await fetch(request)
    } catch (error) {
      return notStarted(error)
    }
  },

  async scheduled(_event: unknown, env: Env, ctx: Context): Promise<void> {
    lent = ctx
    const { deps } = await start(env, ctx)
    await sendReminders(deps)
    await sweepAttachments(deps).catch((error: unknown) => log.error('sweep-failed', error))
    await recoverLate(deps).catch((error: unknown) => log.error('recover-failed', error))
    await dispatchOutbox(deps, pause)
  },
}

function start(env: Env, ctx: Context): Promise<Application> {
  if (application === null) {
    application = create(env).catch((error: unknown) => {
      application = null
      throw error
    })
    // Whoever came first may hang up; workerd would then stop the start that others wait for.
    ctx.waitUntil(application.catch(() => {}))
  }
  return application
}

async function create(env: Env): Promise<Application> {
  const config = readConfig(env)
  const problems = [
    ...(config.DATABASE_URL.startsWith('file:')
      ? ['DATABASE_URL must be a libSQL server here: libsql://… or https://…']
      : []),
    ...(config.DATA_KEYS === undefined
      ? ['DATA_KEYS and INDEX_KEY must be set here; make them with: npm run cli -- keys new']
      : []),
    ...(config.PUBLIC_URL === undefined
      ? ['PUBLIC_URL must be set here: the address at which people reach this Worker']
      : []),
    ...(config.SESSION_SECRET === undefined
      ? ['SESSION_SECRET must be set here: wrangler secret put SESSION_SECRET']
      : []),
  ]
  const {
    SESSION_SECRET: sessionSecret,
    DATA_KEYS: dataKeys,
    INDEX_KEY: indexKey,
    PUBLIC_URL: publicUrl,
  } = config
  if (
    sessionSecret === undefined ||
    dataKeys === undefined ||
    indexKey === undefined ||
    publicUrl === undefined ||
    problems.length > 0
  ) {
    throw new ConfigError(problems)
  }
  const db = openRemote({ url: config.DATABASE_URL, authToken: config.DATABASE_AUTH_TOKEN })
  const vault = createVault(parseKeys(dataKeys, indexKey), createWebCipher())
  const translate = createTranslate()
  const background = (task: Promise<unknown>) => {
    lent?.waitUntil(task.catch((error: unknown) => log.error('background-failed', error)))
  }
  const deps: Deps = createDeps({
    db,
    vault,
    blobs: env.FILES === undefined ? createSqlBlobs(db) : createR2Blobs(env.FILES),
    gateway: createGatewayGuard(config, { db, now }),
    personalData: personalDataOf(config),
    webUrl: () => publicUrl,
    channels: createChannels(config, {
      db,
      vault,
      log,
      sessionSecret,
      newId,
      now,
      translate,
      background,
    }),
    programme: config.PROGRAMME,
    sessionSecret,
    translate,
    log,
    now,
    newId,
    random: Math.random,
    inTurn: atOnce,
    background,
    wake: () => background(dispatchOutbox(deps, pause)),
  })
  await prepare(deps)
  const app = createApp(deps, async (c) => {
    const url = new URL(c.req.url)
    url.pathname = url.pathname.slice('/assets'.length)
    const asset = await env.ASSETS?.fetch(url)
    // A copy, since the binding's own headers cannot be added to.
    return asset?.ok === true ? new Response(asset.body, asset) : c.notFound()
  })
  return { deps, fetch: (request) => app.fetch(request) }
}

/** The settings are wrong or the database does not answer: said in the log, and the network tries again. */
function notStarted(error: unknown): Response {
  if (error instanceof ConfigError) {
    log.warn('settings', { problems: error.problems.join('; ') })
    return Response.json({ error: 'settings', message: error.message }, { status: 503 })
  }
  log.error('start-failed', error)
  return Response.json(
    { error: 'unavailable', message: 'The service is starting. Please try again in a moment.' },
    { status: 503, headers: { 'Retry-After': '5' } },
  )
}
