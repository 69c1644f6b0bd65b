import { createTestHarness } from 'wrangler'
import { openRemote } from '../../db/core/client.web.ts'
import { prepare } from '../../src/kernel/prepare.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'
import { buildWorker, type WorkerName } from './build-worker.ts'

/** What both runtimes are told alike. */
export const SETTINGS = {
  SESSION_SECRET: 'a secret for tests only, 32 characters',
  TELEGRAM_BOT_TOKEN: '123456:fake-token-for-tests',
  TELEGRAM_WEBHOOK_SECRET: 'a-webhook-secret-for-tests',
  PUBLIC_URL: 'https://chat.test',
  ...KEY_SETTINGS,
} as const

/** A product that runs; `stop` ends it. */
export type Started = { url: string; stop: () => Promise<void> }
type Workerd = Started & {
  database: HranaServer
  /** Lets the minute pass: runs the cron trigger. */
  tick: () => Promise<void>
}

/** What `npm run cli -- prepare` does for a database that Workers use. */
async function preparePolicy(url: string): Promise<void> {
  const db = openRemote({ url, authToken: 'secret' })
  await prepare({ db, programme: 'guiyang-2018', now: () => new Date().toISOString() })
  await db.close()
}

/** The product on workerd: the two bundles that are deployed, in their own settings, with a database over HTTP. */
export async function startWorkerd(settings: Record<string, string>): Promise<Workerd> {
  const database = await startHranaServer({ token: 'secret' })
  await preparePolicy(database.url)
  const vars = { DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: 'secret', ...settings }
  const worker = (name: WorkerName) => ({
    configPath: 'wrangler.toml',
    env: name,
    prebuiltWorkerDir: buildWorker(name),
    vars,
  })
  const harness = createTestHarness({ workers: [worker('chat'), worker('console')] })
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
