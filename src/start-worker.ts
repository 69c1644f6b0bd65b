import { type Bucket, createR2Blobs } from '../db/core/blobs-r2.ts'
import { createSqlBlobs } from '../db/core/blobs-sql.ts'
import { createWebCipher } from '../db/core/cipher.web.ts'
import { openRemote } from '../db/core/client.web.ts'
import { isMigrated, migrate } from '../db/core/migrate.ts'
import { createVault } from '../db/core/vault.ts'
import { currentRevision } from '../db/policy/packs.ts'
import type { Translate } from '../locales/translate.ts'
import { createChannels } from './channels/create-channels.ts'
import { createGatewayGuard } from './channels/gateway.ts'
import { createLinkTo } from './channels/link-to.ts'
import { createStaffGroup } from './channels/telegram.ts'
import { createDeps } from './create-deps.ts'
import { atOnce } from './kernel/commit/keyed-mutex.ts'
import { ConfigError, personalDataOf, readConfig } from './kernel/config.ts'
import type { Deps } from './kernel/deps.ts'
import { newId } from './kernel/ids.ts'
import { parseKeys } from './kernel/keys.ts'
import { createLog } from './kernel/log.ts'
import { officeDeskOf } from './kernel/office.ts'
import { type Budget, dispatchOutbox, untilNextDue } from './outbox/dispatch-outbox.ts'
import { requireOwnKeys } from './platform/keys/require-own-keys.ts'
import {
  createPeopleInOrder,
  type PeopleInOrder,
  type PersonQueues,
  sleepInstead,
} from './platform/people/in-order.ts'

/** What a Worker may be bound to (wrangler.toml). */
export type Env = Readonly<Record<string, unknown>> & {
  FILES?: Bucket
  OUTBOX?: WakeQueue
  PEOPLE?: PersonQueues
}
/** A Cloudflare Queue; its messages say only that rows may be due. */
type WakeQueue = {
  send: (message: object, options?: { delaySeconds?: number }) => Promise<unknown>
}
export type Context = { waitUntil: (task: Promise<unknown>) => void }
/** A call of a Worker may make 10,000 requests to others (docs/performance.md). */
const BUDGET: Budget = { seconds: 50, rows: 1500, requests: 'count' }
/** A broadcast lets enough into the outbox for longer than this (src/campaigns/run-campaigns.ts). */
const FEED_MILLISECONDS = 6000
/** A dispatcher that found all that is due with another looks again so much later. */
const ELSEWHERE_SECONDS = 20
/** The cron trigger comes every minute; what is due before it is for the queue. */
const CRON_MILLISECONDS = 60_000

type Application = {
  deps: Deps
  retentionDays: number
  fetch: (request: Request) => Response | Promise<Response>
}
type Parts<E extends Env> = {
  translate: Translate
  /** Whether it sends what is due where no queue calls for that. */
  sends: boolean
  /** What this Worker serves; `people` is null without the binding. */
  serve: (deps: Deps, env: E, people: PeopleInOrder | null) => Pick<Application, 'fetch'>
}

const now = () => new Date().toISOString()
const log = createLog((line) => console.log(line), now)
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/**
 * The application of a Worker, made once an isolate, with the first request; a failed start is not kept, so that the
 * next request tries again.
 */
export function createStart<E extends Env>(
  parts: Parts<E>,
): (env: E, ctx: Context) => Promise<Application> {
  let application: Promise<Application> | null = null
  /** The request that is being served lends its `waitUntil`; any of them does for background work. */
  let lent: Context | null = null
  const background = (task: Promise<unknown>) => {
    lent?.waitUntil(task.catch((error: unknown) => log.error('background-failed', error)))
  }
  return (env, ctx) => {
    lent = ctx
    if (application === null) {
      application = create(env, parts, background).catch((error: unknown) => {
        application = null
        throw error
      })
      // Whoever came first may hang up; workerd would then stop the start that others wait for.
      ctx.waitUntil(application.catch(() => {}))
    }
    return application
  }
}

/**
 * Sends what is due, lets more into the outbox meanwhile (`feed`), and asks to be called again for the rest: once, whatever
 * became due on the way.
 */
export async function dispatch(
  deps: Deps,
  env: Env,
  { feed, budget = BUDGET }: { feed?: (deps: Deps) => Promise<void>; budget?: Budget } = {},
): Promise<void> {
  const quiet = { ...deps, wake: () => {} }
  await feed?.(quiet)
  let over = false
  const sending = dispatchOutbox(quiet, pause, budget).finally(() => {
    over = true
  })
  while (!over) {
    await Promise.race([sending, pause(FEED_MILLISECONDS)])
    if (!over) await feed?.(quiet)
  }
  const taken = await sending
  const wait = env.OUTBOX === undefined ? null : await untilNextDue(deps)
  if (wait === null || wait >= CRON_MILLISECONDS) return
  // What is due and was not to be had, another dispatcher is at.
  const shortest = taken === 0 && wait === 0 ? ELSEWHERE_SECONDS : 1
  const delaySeconds = Math.max(shortest, Math.ceil(wait / 1000))
  await env.OUTBOX?.send({ due: true }, { delaySeconds })
}

async function create<E extends Env>(
  env: E,
  { translate, sends, serve }: Parts<E>,
  background: Deps['background'],
): Promise<Application> {
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
  const vault = createVault(await parseKeys(dataKeys, indexKey), createWebCipher())
  const people =
    env.PEOPLE === undefined ? null : createPeopleInOrder(env.PEOPLE, { vault, log, background })
  const send = async (deps: Deps) => {
    if (env.OUTBOX !== undefined) await env.OUTBOX.send({ due: true })
    else if (sends) await dispatchOutbox(deps, pause, BUDGET)
  }
  const deps: Deps = createDeps({
    db,
    vault,
    blobs: env.FILES === undefined ? createSqlBlobs(db) : createR2Blobs(env.FILES),
    gateway: createGatewayGuard(config, { db, now }),
    linkTo: createLinkTo(config, { db, vault, now }),
    desk: officeDeskOf(config),
    staffGroup: createStaffGroup(config, { log }),
    personalData: personalDataOf(config),
    undoSeconds: config.UNDO_SECONDS,
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
    metricsToken: config.METRICS_TOKEN,
    sessionSecret,
    translate,
    log,
    now,
    newId,
    random: Math.random,
    inTurn: people?.inTurn ?? atOnce,
    background,
    news: people?.news ?? { tell: () => {}, wait: sleepInstead },
    pagesConnect: people !== null,
    wake: () => background(send(deps)),
  })
  await requirePolicy(deps)
  return {
    deps,
    retentionDays: config.RETENTION_DAYS,
    fetch: serve(deps, env, people).fetch,
  }
}

/**
 * One look says whether schema, keys and pack are as they should be, since they nearly always are; only else
 * the schema is brought up to date here; the programme's pack is put into the database from Node, by any
 * command or by `npm run cli -- prepare`, so that no isolate carries it along. Throws `ConfigError` without it,
 * and where the keys are not the database's own.
 */
async function requirePolicy(deps: Deps): Promise<void> {
  const { db, programme, policies } = deps
  const look = async () => {
    const [revision] = await Promise.all([currentRevision(db, programme), requireOwnKeys(deps)])
    return revision
  }
  const [migrated, found] = await Promise.all([isMigrated(db), look()]).catch(
    () => [false, null] as const,
  )
  if (!migrated) await migrate(db, now())
  const revision = migrated ? found : await look()
  if (revision !== null) {
    await policies.load(revision)
    return
  }
  throw new ConfigError([
    `The database has no policy pack ${programme}. Put it there once, from a machine with Node and the same settings: npm run cli -- prepare`,
  ])
}

/** The settings are wrong or the database does not answer: said in the log, and the network tries again. */
export function notStarted(error: unknown): Response {
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
