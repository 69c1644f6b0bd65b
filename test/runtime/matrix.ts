import { afterAll, beforeAll, describe } from 'vitest'
import { createTestHarness } from 'wrangler'
import { openRemote } from '../../db/client.web.ts'
import { prepare } from '../../src/prepare.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'
import { startTestServer } from '../helpers/server.ts'
import { BUNDLE_FOLDER } from './build-worker.ts'

export type Runtime = {
  /** A real request over the network. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>
}

/** What both runtimes are told alike. */
export const SETTINGS = {
  SESSION_SECRET: 'a secret for tests only, 32 characters',
  TELEGRAM_BOT_TOKEN: '123456:fake-token-for-tests',
  TELEGRAM_WEBHOOK_SECRET: 'a-webhook-secret-for-tests',
  PUBLIC_URL: 'https://chat.test',
  ...KEY_SETTINGS,
} as const

type Started = { url: string; stop: () => Promise<void> }
type Workerd = Started & {
  database: HranaServer
  /** Lets the minute pass: runs the cron trigger. */
  tick: () => Promise<void>
}

/** The product on Node: the real server on a port, a database file. */
async function startNode(settings: Record<string, string>): Promise<Started> {
  return startTestServer(settings)
}

/** What `npm run cli -- prepare` does for a database that Workers use. */
async function preparePolicy(url: string): Promise<void> {
  const db = openRemote({ url, authToken: 'secret' })
  await prepare({ db, programme: 'guiyang-2018', now: () => new Date().toISOString() })
  await db.close()
}

/** The product on workerd: the bundle that is deployed, in its own settings, with a database over HTTP. */
export async function startWorkerd(settings: Record<string, string>): Promise<Workerd> {
  const database = await startHranaServer({ token: 'secret' })
  await preparePolicy(database.url)
  const harness = createTestHarness({
    workers: [
      {
        configPath: 'wrangler.toml',
        prebuiltWorkerDir: BUNDLE_FOLDER,
        vars: { DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: 'secret', ...settings },
      },
    ],
  })
  const { url } = await harness.listen()
  return {
    url: url.origin,
    database,
    tick: async () => {
      await harness.getWorker().scheduled({ cron: '* * * * *' })
    },
    stop: async () => {
      await harness.close()
      await database.close()
    },
  }
}

/** One suite, two runtimes: this is how one code base for both is kept honest. */
export function describeMatrix(
  name: string,
  suite: (runtime: Runtime) => void,
  settings: () => Promise<Record<string, string>> = async () => ({}),
): void {
  describe.each([
    ['node', startNode],
    ['workerd', startWorkerd],
  ] as const)(`${name} on %s`, (_, start) => {
    let started: Started
    beforeAll(async () => {
      started = await start({ ...SETTINGS, ...(await settings()) })
    })
    afterAll(() => started.stop())
    suite({ fetch: (path, init) => fetch(`${started.url}${path}`, init) })
  })
}
