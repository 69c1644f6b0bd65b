import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { openFile } from '../db/client.node.ts'
import { openRemote } from '../db/client.web.ts'
import type { Database } from '../db/database.ts'
import { currentRevision } from '../db/packs.ts'
import { createTranslate } from '../locales/i18n.ts'
import { createApp } from './app.ts'
import { createChannels } from './channels.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { createDeps, prepare } from './create-deps.ts'
import { newId } from './ids.ts'
import { createInTurn } from './in-turn.ts'
import { createLog } from './log.ts'
import { dispatchOutbox } from './runner/dispatch-outbox.ts'
import { startTelegram } from './telegram.ts'

/** The outbox is looked at this often even when nobody called. */
const SWEEP_MILLISECONDS = 5000
/** Turns in flight get this long to finish when the server is told to stop; a turn takes milliseconds. */
const GRACE_MILLISECONDS = 2000

export type RunningServer = { url: string; stop: () => Promise<void> }

/** Opens the database that the settings name: a file on this machine, or a libSQL server. */
export function openDatabase(config: Config): Database {
  return config.DATABASE_URL.startsWith('file:')
    ? openFile(config.DATABASE_URL.slice('file:'.length))
    : openRemote({ url: config.DATABASE_URL, authToken: config.DATABASE_AUTH_TOKEN })
}

/** Starts the whole product on Node and resolves once it listens. */
export async function startServer(config: Config): Promise<RunningServer> {
  const now = () => new Date().toISOString()
  const log = createLog(config.LOG === 'off' ? () => {} : (line) => console.log(line), now)
  const db = openDatabase(config)
  const sessionSecret = config.SESSION_SECRET ?? localSecret(config)
  const background = (task: Promise<unknown>) => {
    task.catch((error: unknown) => log.error('background-failed', error))
  }
  const translate = createTranslate()
  const stopping = new AbortController()
  let wake = () => {}
  const deps = createDeps({
    db,
    channels: createChannels(config, { sessionSecret, newId, now, background, translate }),
    programme: config.PROGRAMME,
    sessionSecret,
    translate,
    log,
    now,
    newId,
    random: Math.random,
    inTurn: createInTurn(),
    wake: () => wake(),
  })
  await prepare(deps)
  // The index is built before the first person waits for it.
  const revision = await currentRevision(db, config.PROGRAMME)
  if (revision !== null) await deps.policies.at(revision)

  const app = createApp(
    deps,
    serveStatic({ root: './bots/web/public', rewriteRequestPath: stripAssets }),
  )
  const server = serve({ fetch: app.fetch, port: config.PORT, hostname: config.HOST })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  // A listening TCP server's address is never a string.
  const { port } = server.address() as AddressInfo

  const dispatching = (async () => {
    while (!stopping.signal.aborted) {
      const called = new Promise<void>((resolve) => {
        wake = resolve
      })
      await dispatchOutbox(deps, (wait) => pause(wait)).catch((error: unknown) =>
        log.error('dispatch-failed', error),
      )
      await Promise.race([
        called,
        pause(SWEEP_MILLISECONDS, undefined, { signal: stopping.signal }).catch(() => {}),
      ])
    }
  })()
  const telegram = startTelegram(deps, config, {
    signal: stopping.signal,
    pause: (seconds) =>
      pause(seconds * 1000, undefined, { signal: stopping.signal }).catch(() => {}),
  }).catch((error: unknown) => log.error('telegram-failed', error))

  return {
    url: `http://${config.HOST}:${port}`,
    stop: async () => {
      stopping.abort()
      wake()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if ('closeIdleConnections' in server) server.closeIdleConnections()
      await Promise.race([closed, pause(GRACE_MILLISECONDS)])
      // Pages that listen for messages never hang up by themselves.
      if ('closeAllConnections' in server) server.closeAllConnections()
      await Promise.allSettled([dispatching, telegram])
      await db.close()
    },
  }
}

function stripAssets(path: string): string {
  return path.replace(/^\/assets/, '')
}

/** Without SESSION_SECRET, one is made and kept beside the data, so that a restart loses no conversation. */
function localSecret(config: Config): string {
  const folder = config.DATABASE_URL.startsWith('file:')
    ? dirname(config.DATABASE_URL.slice('file:'.length))
    : 'data'
  const path = join(folder, 'session-secret')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    mkdirSync(folder, { recursive: true })
    const secret = newId() + newId()
    writeFileSync(path, `${secret}\n`, { mode: 0o600 })
    return secret
  }
}

function welcome(url: string, config: Config): string {
  const telegram =
    config.TELEGRAM_BOT_TOKEN === undefined
      ? 'off (set TELEGRAM_BOT_TOKEN to turn it on)'
      : config.PUBLIC_URL === undefined
        ? 'on, by long polling'
        : 'on, by webhook'
  return `
  微企通 Weiqitong is open: ${url}

  web chat   ${url}
  Telegram   ${telegram}
  database   ${config.DATABASE_URL}
  policy     ${config.PROGRAMME}

  Ctrl+C stops it; nothing that was said is lost.
`
}

/** `npm start`. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const server = await startServer(config)
  console.log(welcome(server.url, config))
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

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  })
}
