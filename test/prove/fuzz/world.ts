import { serveStatic } from '@hono/node-server/serve-static'
import { createTelegramChannel } from '../../../bots/telegram/channel.ts'
import { createTerminalChannel } from '../../../bots/terminal/channel.ts'
import { createWebChannel } from '../../../bots/web/channel.ts'
import { createWechatChannel } from '../../../bots/wechat/channel.ts'
import { createGuard } from '../../../bots/wechat/signature.ts'
import { spendNonce } from '../../../db/channels/gateway.ts'
import { STAFF_ROLES, type StaffRole } from '../../../db/staff/roles.ts'
import type { Channel } from '../../../flows/engine/channel.ts'
import { createTranslate } from '../../../locales/i18n.ts'
import { createApp } from '../../../src/app.ts'
import { ASSET_FOLDERS } from '../../../src/http/asset-folders.ts'
import { createPolicyCache } from '../../../src/kernel/policy.ts'
import { GATEWAY_SECRET } from '../../fakes/wechat-app.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../../fakes/wechat-kf.ts'
import { startFakeWechatMp } from '../../fakes/wechat-mp.ts'
import { createWorld, type TestWorld } from '../../helpers/app.ts'
import { createTestKf } from '../../helpers/channels/wechat-kf.ts'
import { createTestMp, openDatabase } from '../../helpers/channels/wechat-mp.ts'
import { fileOf } from '../../helpers/files.ts'
import { signInAs } from '../../helpers/staff.ts'

export const TELEGRAM_SECRET = 'telegram-secret-for-tests'
export const STAFF_GROUP = '-1001234567'

/** The application with every channel, and all that a shot at it needs. */
export type FuzzWorld = TestWorld & {
  app: ReturnType<typeof createApp>
  /** What the official account and WeChat share. */
  account: Awaited<ReturnType<typeof startFakeWechatMp>>['account']
  kf: FakeWechatKf
  /** Cookies of somebody signed in, by role; anew after `signIn`. */
  cookies: Map<StaffRole, string>
  signIn: () => Promise<void>
  /** The next number of something that must not come twice. */
  next: () => number
  /** The path of every step of a turn so far, as `flow.step`. */
  reached: Set<string>
  /** What was thrown, with the words that the log leaves out. */
  thrown: unknown[]
}

/** Begins with real SQL in memory, a fake of each network, and `extra` beside the product's own routes. */
export async function createFuzzWorld(
  extra?: (app: ReturnType<typeof createApp>, log: (text: string) => void) => void,
): Promise<FuzzWorld> {
  const db = await openDatabase()
  let now = () => '2018-06-01T02:00:00.000Z'
  const clock = () => now()
  const fake = await startFakeWechatMp({ now: () => Date.parse(clock()) })
  const guard = createGuard({
    secret: GATEWAY_SECRET,
    now: clock,
    spend: (nonce) => spendNonce(db, nonce, clock()),
  })
  const { channel: account } = await createTestMp(fake, { now: clock, db })
  const kf = await startFakeWechatKf({
    now: () => Date.parse(clock()),
    webhook: 'https://chat.test/webhooks/wechat-kf',
  })
  kf.callsBack = false
  const { channel: customers } = await createTestKf(kf, { now: clock, db })
  fake.keepMedia('photo', { bytes: fileOf('jpeg', 'a photo'), mime: 'image/jpeg' })
  let count = 0
  const world = await createWorld(
    [
      createWebChannel({
        secret: 'a secret for tests only, 32 characters',
        newId: () => `w${++count}`,
        now: clock,
        secureCookie: true,
        translate: createTranslate(),
      }),
      telegram(clock),
      createTerminalChannel({ now: clock, write: () => {} }),
      createWechatChannel({ guard }),
      account,
      customers,
    ],
    { db, personalData: (channel) => channel !== 'terminal' },
  )
  now = world.deps.now
  world.deps.gateway = guard
  // Of its own, which lets go of the index of a revision when a newer one is published, as the product does.
  world.deps.policies = createPolicyCache(db)
  const reached = new Set<string>()
  const { step } = world.deps
  world.deps.step = (...given) => {
    const result = step(...given)
    for (const name of result.path) reached.add(name)
    return result
  }
  const thrown: unknown[] = []
  const { log } = world.deps
  world.deps.log = {
    ...log,
    error: (event, error, fields) => {
      thrown.push(error)
      log.error(event, error, fields)
    },
  }
  const app = createApp(
    world.deps,
    ...ASSET_FOLDERS.map(({ folder }) =>
      serveStatic({ root: folder, rewriteRequestPath: (path) => path.replace(/^\/assets\//, '') }),
    ),
  )
  extra?.(app, (text) => world.deps.log.info('said', { said: text }))
  const cookies: FuzzWorld['cookies'] = new Map()
  return {
    ...world,
    app,
    cookies,
    reached,
    thrown,
    account: fake.account,
    kf,
    next: () => ++count,
    signIn: async () => {
      for (const role of STAFF_ROLES) cookies.set(role, (await signInAs(world.deps, role)).cookie)
    },
    close: async () => {
      await Promise.all([fake.close(), kf.close()])
      await world.close()
    },
  }
}

function telegram(now: () => string): Channel {
  let message = 0
  return createTelegramChannel({
    secret: TELEGRAM_SECRET,
    now,
    staffChat: STAFF_GROUP,
    call: async () => ({ ok: true, value: { message_id: ++message } }),
    fetchFile: async (id) =>
      id.startsWith('no')
        ? { ok: false, problem: 'unavailable' }
        : { ok: true, bytes: fileOf(id.length % 2 === 0 ? 'jpeg' : 'pdf', id) },
    background: () => {},
  })
}
