import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import * as z from 'zod'
import { readConfig } from '../../src/kernel/config.ts'
import { startServer } from '../../src/node.ts'
import { startFakeBotApi } from './bot-api.ts'
import { BOT } from './bot-api-person.ts'
import { createPhones } from './phones.ts'
import { startFakeWechatKf } from './wechat-kf.ts'
import { startFakeWechatMp } from './wechat-mp.ts'

const DeedShape = z.object({
  phone: z.enum(['telegram', 'wechat', 'kf']),
  deed: z.string().max(20),
  value: z.string().max(4000).optional(),
})
const PAGE = new URL('./page/', import.meta.url)
const KINDS = { html: 'text/html', css: 'text/css', js: 'text/javascript' } as const

export type Fakes = {
  url: string
  appUrl: string
  settings: Record<string, string>
  stop: () => Promise<void>
}

/**
 * The product with a fake Telegram, official account and 微信客服 in one process, and a page with a phone for each;
 * nothing leaves this machine, and what was said is gone at the end. `second`: how long a second of
 * WeChat's patience takes, in milliseconds.
 */
export async function startFakes(
  options: { port?: number; appPort?: number; second?: number; log?: boolean } = {},
): Promise<Fakes> {
  const second = options.second ?? 1000
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-fakes-'))
  const api = await startFakeBotApi()
  const mp = await startFakeWechatMp({ second })
  const kf = await startFakeWechatKf()
  const settings = {
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_BOT_NAME: BOT.username,
    TELEGRAM_WEBHOOK_SECRET: 'a-secret-for-the-fakes-only',
    TELEGRAM_API_ROOT: api.url,
    WECHAT_MP_APP_ID: mp.account.appId,
    WECHAT_MP_APP_SECRET: mp.account.secret,
    WECHAT_MP_TOKEN: mp.account.token,
    WECHAT_MP_AES_KEY: mp.account.aesKey,
    WECHAT_MP_API_ROOT: mp.url,
    WECHAT_KF_CORP_ID: kf.account.appId,
    WECHAT_KF_SECRET: kf.account.secret,
    WECHAT_KF_TOKEN: kf.account.token,
    WECHAT_KF_AES_KEY: kf.account.aesKey,
    WECHAT_KF_ID: kf.account.openKfId,
    WECHAT_KF_DESK: 'wecom',
    WECHAT_KF_API_ROOT: kf.url,
    PERSONAL_DATA_CHANNELS: 'web,terminal,telegram,wechat-mp,wechat-kf',
  }
  const product = await startServer(
    readConfig({
      ...settings,
      PORT: String(options.appPort ?? 0),
      DATABASE_URL: `file:${folder}/fakes.db`,
      LOG: options.log === true ? 'json' : 'off',
    }),
  )
  let cuts = 0
  const phones = createPhones(api, mp, kf, {
    cutAnswers: (count) => {
      cuts = count
    },
    loseAnswer: async (update) => {
      await fetch(`${product.url}/webhooks/telegram`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': settings.TELEGRAM_WEBHOOK_SECRET,
        },
        body: JSON.stringify(update),
      })
    },
  })
  const app = new Hono()
    .get('/state', (c) => c.json({ ...phones.state(), web: product.url, bot: BOT.username }))
    .post('/act', async (c) => {
      const deed = DeedShape.safeParse(await c.req.json().catch(() => null))
      if (!deed.success) return c.json({ error: 'bad deed' }, 400)
      // WeChat's patience is 5 s; the page need not wait.
      phones.act(deed.data).catch((error: unknown) => console.error(String(error)))
      return c.json({})
    })
    .post('/trouble', async (c) => {
      const deed = DeedShape.safeParse(await c.req.json().catch(() => null))
      if (!deed.success) return c.json({ error: 'bad deed' }, 400)
      await phones.trouble(deed.data)
      return c.json({})
    })
    // What WeChat delivers passes here, so that an answer can be kept until WeChat has hung up.
    .post('/wechat', async (c) => {
      const { search } = new URL(c.req.url)
      const answer = await fetch(`${product.url}/webhooks/wechat-mp${search}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: await c.req.arrayBuffer(),
      })
      const body = await answer.arrayBuffer()
      if (cuts > 0) {
        cuts--
        await pause(5.5 * second)
      }
      return new Response(body, { status: answer.status })
    })
    .get('/:file{(phones\\.(css|js))?}', (c) => {
      const file = c.req.param('file') || 'index.html'
      const kind = KINDS[file.split('.')[1] as keyof typeof KINDS]
      return c.body(readFileSync(new URL(file, PAGE), 'utf8'), 200, {
        'content-type': `${kind}; charset=utf-8`,
      })
    })
  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : options.port
  const url = `http://127.0.0.1:${port}`
  mp.webhook = `${url}/wechat`
  kf.webhook = `${product.url}/webhooks/wechat-kf`
  return {
    url,
    appUrl: product.url,
    settings,
    stop: async () => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await product.stop()
      await Promise.all([api.close(), mp.close(), kf.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** `npm run fakes`. */
async function main(): Promise<void> {
  const port = Number(process.env.PORT ?? 4600)
  const fakes = await startFakes({ port, log: process.env.LOG === 'json' })
  const settings = Object.entries(fakes.settings).map(([name, value]) => `    ${name}=${value}`)
  console.log(`
  Three phones    ${fakes.url}
  Web chat        ${fakes.appUrl}

  Nothing leaves this machine. What is said is kept in memory of this run only; Ctrl+C ends it.

  The fakes also serve a product that you start yourself, with:
${settings.join('\n')}
`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      fakes.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
