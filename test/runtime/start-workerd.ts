import { createTestHarness } from 'wrangler'
import { openRemote } from '../../db/core/client.web.ts'
import { prepare } from '../../src/kernel/prepare.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'
import { buildWorker } from './build-worker.ts'

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

type Posted = { headers: Record<string, string>; body: string }
type Answered = { status: number; conversation: string | null; body: string }

/** What `npm run cli -- prepare` does for a database that Workers use. */
async function preparePolicy(url: string): Promise<void> {
  const db = openRemote({ url, authToken: 'secret' })
  await prepare({ db, programme: 'guiyang-2018', now: () => new Date().toISOString() })
  await db.close()
}

/** The product on workerd: the bundle that is deployed, in its own settings, with a database over HTTP. */
export async function startWorkerd(settings: Record<string, string>): Promise<Workerd> {
  return startWorkers(['wrangler.toml'], settings)
}

/** Several Workers of that bundle on one database, each in the settings of its file; `post` says something to one of them. */
export async function startWorkers(
  configs: readonly string[],
  settings: Record<string, string>,
): Promise<Workerd & { post: (worker: string, path: string, sent: Posted) => Promise<Answered> }> {
  const database = await startHranaServer({ token: 'secret' })
  await preparePolicy(database.url)
  const harness = createTestHarness({
    workers: configs.map((configPath) => ({
      configPath,
      prebuiltWorkerDir: buildWorker(),
      vars: { DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: 'secret', ...settings },
    })),
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
    post: async (worker, path, { headers, body }) => {
      const init = { method: 'POST', headers, body }
      const response = await harness.getWorker(worker).fetch(`${url.origin}${path}`, init)
      return {
        status: response.status,
        conversation: response.headers.get('x-conversation'),
        body: await response.text(),
      }
    },
  }
}
