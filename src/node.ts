import cluster from 'node:cluster'
import { statfs } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { compress } from 'hono/compress'
import { shelfOf } from '../db/conversation/memory-shelf.ts'
import { createSqlBlobs } from '../db/core/blobs-sql.ts'
import { openFile } from '../db/core/client.node.ts'
import type { Database } from '../db/core/database.ts'
import { currentRevision } from '../db/policy/packs.ts'
import { createTranslate } from '../locales/i18n.ts'
import { createNodePost } from './api/webhooks/post.node.ts'
import { createApp } from './app.ts'
import { createChannels } from './channels/create-channels.ts'
import { ASSET_FOLDERS } from './http/asset-folders.ts'
import { serveConsoleStyles } from './http/console-styles.node.ts'
import './platform/jsx.node.ts'
import { createGatewayGuard } from './channels/gateway.ts'
import { createLinkTo } from './channels/link-to.ts'
import { spawnGateway } from './channels/spawn-gateway.node.ts'
import { createStaffGroup, startTelegram } from './channels/telegram.ts'
import { type Chores, startChores } from './chores.node.ts'
import { handleEvent } from './conversation/handle-event.ts'
import { createDeps } from './create-deps.ts'
import { createKeyedMutex } from './kernel/commit/keyed-mutex.ts'
import { createNews } from './kernel/commit/news.ts'
import { type Config, personalDataOf, readConfig } from './kernel/config.ts'
import { newId } from './kernel/ids.ts'
import { proxiesOf } from './kernel/ip-address.ts'
import { createLog } from './kernel/log.ts'
import { officeDeskOf } from './kernel/office.ts'
import { createPolicyCache } from './kernel/policy.ts'
import { prepare } from './kernel/prepare.ts'
import { buildInTurns } from './platform/build-in-turns.node.ts'
import { createClock } from './platform/clock.ts'
import { localSecret, openVault } from './platform/keys/local-secrets.node.ts'
import { requireOwnKeys } from './platform/keys/require-own-keys.ts'
import { createLogSink } from './platform/log-sink.node.ts'
import { joinSisters, reportOpen } from './platform/processes/join.node.ts'
import { NotStarted, superviseProcesses } from './platform/processes/supervise.node.ts'
import { startFault } from './platform/start-fault.ts'
import { createTableThread } from './platform/tables/table-thread.node.ts'
import { firstAdminLink } from './staff/first-admin.ts'

/** The product's own folder, from wherever it is started. */
const HOME = join(import.meta.dirname, '..')
/** Turns in flight get this long to finish when the server is told to stop; a turn takes milliseconds. */
const GRACE_MILLISECONDS = 2000

/** A whole request with its body has so long, 10 MB over a poor line among them; its head a quarter of a minute. */
const REQUEST_MILLISECONDS = 120_000
const HEAD_MILLISECONDS = 15_000

export type RunningServer = {
  url: string
  /** The one-time link of the first administrator, while there is none. */
  adminLink: string | null
  stop: () => Promise<void>
}

/** Opens the database that the settings name: a file on this machine, or a libSQL server. */
export async function openDatabase(config: Config): Promise<Database> {
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = config
  if (url.startsWith('file:')) return openFile(url.slice('file:'.length))
  const { openRemote } = await import('../db/core/client.web.ts')
  return openRemote({ url, authToken })
}

/** How much the disk of a database file has left; nothing is known of another's. */
function freeBytesOf({ DATABASE_URL: url }: Config): (() => Promise<number>) | undefined {
  if (!url.startsWith('file:')) return undefined
  return async () => {
    const { bavail, bsize } = await statfs(dirname(url.slice('file:'.length)))
    return bavail * bsize
  }
}

/** Starts the whole product on Node and resolves once it listens. Throws `ConfigError` for what settings can mend. */
export async function startServer(
  config: Config,
  { requestMilliseconds = REQUEST_MILLISECONDS }: { requestMilliseconds?: number } = {},
): Promise<RunningServer> {
  const now = createClock()
  const sink = createLogSink(process.stdout, now)
  const log = createLog(config.LOG === 'off' ? () => {} : sink.write, now)
  const opened = await openDatabase(config)
  const db: Database = {
    ...opened,
    write: async (...batch) => {
      const rows = await opened.write(...batch)
      sisters.written()
      return rows
    },
  }
  const vault = await openVault(config)
  const sessionSecret = localSecret(config)
  const background = (task: Promise<unknown>) => {
    task.catch((error: unknown) => log.error('background-failed', error))
  }
  const translate = createTranslate()
  const stopping = new AbortController()
  const open = Promise.withResolvers<void>()
  const news = createNews()
  let url = ''
  const deps = createDeps({
    db,
    vault,
    blobs: createSqlBlobs(db),
    gateway: createGatewayGuard(config, { db, now }),
    linkTo: createLinkTo(config, { db, vault, now }),
    desk: officeDeskOf(config),
    staffGroup: createStaffGroup(config, { log }),
    personalData: personalDataOf(config),
    undoSeconds: config.UNDO_SECONDS,
    webUrl: () => config.PUBLIC_URL ?? url,
    channels: createChannels(config, {
      db,
      vault,
      log,
      sessionSecret,
      newId,
      now,
      background,
      translate,
    }),
    policies: createPolicyCache(db, undefined, (parts) =>
      background(buildInTurns(parts, open.promise)),
    ),
    programme: config.PROGRAMME,
    metricsToken: config.METRICS_TOKEN,
    sessionSecret,
    translate,
    log,
    now,
    newId,
    random: Math.random,
    inTurn: createKeyedMutex(),
    readTable: createTableThread(),
    droppedLines: sink.dropped,
    freeBytes: freeBytesOf(config),
    background,
    postOut: createNodePost(proxiesOf(config.WEBHOOK_NETWORKS) ?? []),
    wake: () => sisters.wake(),
    forgotElsewhere: () => sisters.forgot(),
    takeElsewhere: (event, ride) => sisters.takeElsewhere(event, ride),
    news: { tell: (of) => sisters.tell(of), wait: news.wait },
  })
  // What comes from another process is taken here.
  const { takeElsewhere: _, ...here } = deps
  let chores: Chores | null = null
  const sisters = joinSisters({
    tell: news.tell,
    forget: () => shelfOf(deps.db)?.clear(),
    wake: () => chores?.wake(),
    written: () => chores?.written(),
    take: async (event, ride) => {
      const channel = deps.channels.get(event.from.channel)
      if (channel === undefined) throw new Error('a channel that the settings leave out')
      return handleEvent(here, channel, event, ride)
    },
  })
  await prepare(deps)
  await requireOwnKeys(deps)
  const revision = await currentRevision(db, config.PROGRAMME)
  if (revision !== null) await deps.policies.load(revision)

  const app = createApp(
    deps,
    compress(),
    serveConsoleStyles,
    ...ASSET_FOLDERS.map(({ folder, files }) =>
      serveStatic({
        root: join(HOME, folder),
        rewriteRequestPath: (path) => assetPath(path, files),
      }),
    ),
  )
  const proxies = proxiesOf(config.TRUST_PROXY) ?? []
  const server = serve({
    fetch: (request, env) => app.fetch(request, { ...env, proxies }),
    port: config.PORT,
    hostname: config.HOST,
    serverOptions: {
      requestTimeout: requestMilliseconds,
      headersTimeout: Math.min(HEAD_MILLISECONDS, requestMilliseconds),
      connectionsCheckingInterval: 1000,
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  // A listening TCP server's address is never a string.
  const { port } = server.address() as AddressInfo
  open.resolve()
  url = `http://${config.HOST}:${port}`
  const adminLink = !sisters.isFirst
    ? null
    : await firstAdminLink(deps).catch((error: unknown) => {
        log.error('first-admin-failed', error)
        return null
      })

  let telegram: Promise<void> | null = null
  let gateway: ReturnType<typeof spawnGateway> | null = null
  // What one process does for all.
  if (sisters.isFirst) {
    chores = startChores(deps, config, stopping.signal)
    telegram = startTelegram(deps, config, {
      signal: stopping.signal,
      pause: (seconds) =>
        pause(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => {}),
    }).catch((error: unknown) => log.error('telegram-failed', error))
    if (config.WECHATY_PUPPET !== undefined) {
      const host = config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST
      gateway = spawnGateway(process.env, `http://${host}:${port}`)
    }
  }

  return {
    url,
    adminLink,
    stop: async () => {
      await gateway?.stop()
      stopping.abort()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await Promise.race([closed, pause(GRACE_MILLISECONDS)])
      // Pages that listen for messages never hang up by themselves.
      if ('closeAllConnections' in server) server.closeAllConnections()
      await Promise.allSettled([chores?.ended, telegram])
      await db.close()
    },
  }
}

/** The path below a folder of assets; one that does not exist where the folder does not give it. */
function assetPath(path: string, files?: readonly string[]): string {
  const file = path.replace(/^\/assets\//, '')
  return files === undefined || files.includes(file) ? file : '-'
}

function welcome({ url, adminLink }: RunningServer, config: Config): string {
  const telegram =
    config.TELEGRAM_BOT_TOKEN === undefined
      ? 'off (set TELEGRAM_BOT_TOKEN to turn it on)'
      : config.PUBLIC_URL === undefined
        ? 'on, by long polling'
        : 'on, by webhook'
  return `
  微企通 Weiqitong is open: ${url}

  web chat   ${url}
  console    ${adminLink === null ? `${url}/console` : `${adminLink}\n             (opens once, for the first administrator)`}
  Telegram   ${telegram}
  database   ${config.DATABASE_URL}
  policy     ${config.PROGRAMME}

  Ctrl+C stops it; nothing that was said is lost.
`
}

/** Runs the product until it is told to stop; what keeps it from starting is said, and ends the process with 1. */
export async function run(): Promise<void> {
  try {
    await main()
  } catch (error) {
    if (!(error instanceof NotStarted)) console.error(startFault(error) ?? error)
    process.exit(1)
  }
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  // What is said to a terminal that is gone is said to nobody.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const runsOthers = config.PROCESSES > 1 && cluster.isPrimary
  const server = await (runsOthers ? superviseProcesses(config.PROCESSES) : startServer(config))
  if (cluster.isWorker) reportOpen(server)
  else console.log(welcome(server, config))
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

if (import.meta.main) await run()
