import { createTestHarness } from 'wrangler'
import { openRemote } from '../../db/core/client.web.ts'
import { prepare } from '../../src/kernel/prepare.ts'
import { type HranaServer, startHranaServer } from '../fixtures/hrana-server.ts'
import { KEY_SETTINGS } from '../helpers/app.ts'
import { buildWorker, WORKER_NAMES } from './build-worker.ts'

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

const OURS = 'wrangler.toml'

type Posted = { headers: Record<string, string>; body: string }
type Answered = { status: number; conversation: string | null; body: string }

/** What `npm run cli -- prepare` does for a database that Workers use. */
async function preparePolicy(url: string): Promise<void> {
  const db = openRemote({ url, authToken: 'secret' })
  await prepare({ db, programme: 'guiyang-2018', now: () => new Date().toISOString() })
  await db.close()
}

/** The product on workerd: the two bundles that are deployed, in their own settings, with a database over HTTP. */
export async function startWorkerd(settings: Record<string, string>): Promise<Workerd> {
  return startWorkers([OURS], settings)
}

/** Several Workers of the chat's bundle on one database, each in the settings of its file (`wrangler.toml`: with the console); `post` says something to one of them. */
export async function startWorkers(
  configs: readonly string[],
  settings: Record<string, string>,
): Promise<Workerd & { post: (worker: string, path: string, sent: Posted) => Promise<Answered> }> {
  const database = await startHranaServer({ token: 'secret' })
  await preparePolicy(database.url)
  const vars = { DATABASE_URL: database.url, DATABASE_AUTH_TOKEN: 'secret', ...settings }
  const harness = createTestHarness({
    workers: configs.flatMap((configPath) =>
      configPath === OURS
        ? WORKER_NAMES.map((env) => ({
            configPath,
            env,
            prebuiltWorkerDir: buildWorker(env),
            vars,
          }))
        : [{ configPath, prebuiltWorkerDir: buildWorker('chat'), vars }],
    ),
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
