import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { gatewayEnvironment } from '../../src/channels/spawn-gateway.node.ts'

const SECRETS = [
  'DATA_KEYS',
  'INDEX_KEY',
  'SESSION_SECRET',
  'DATABASE_URL',
  'DATABASE_AUTH_TOKEN',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'METRICS_TOKEN',
  'WECHAT_MP_APP_SECRET',
  'WECHAT_MP_TOKEN',
  'WECHAT_MP_AES_KEY',
  'WECHAT_KF_SECRET',
  'WECHAT_KF_AES_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'SOME_OTHER_PROGRAMS_SECRET',
]

it('a gateway beside the app is told no key, no database and no secret of another network', () => {
  const env = Object.fromEntries(SECRETS.map((name) => [name, `value of ${name}`]))
  const own = { WECHATY_PUPPET: 'p', WECHAT_GATEWAY_SECRET: 's', GATEWAY_FOLDER: 'f', PATH: '/bin' }
  expect(gatewayEnvironment({ ...env, ...own }, 'http://127.0.0.1:3000')).toEqual({
    ...own,
    GATEWAY_APP_URL: 'http://127.0.0.1:3000',
  })
})

it('every secret of wrangler.toml is one of those that it is not told, or its own', () => {
  const [, list = ''] = readFileSync('wrangler.toml', 'utf8').split('and the secrets')
  const names = [...new Set((list.split('[env')[0] ?? '').match(/\b[A-Z]+(?:_[A-Z]+)+\b/g))]
  expect(names.length).toBeGreaterThan(8)
  const told = gatewayEnvironment(Object.fromEntries(names.map((name) => [name, 'x'])), '')
  const kept = Object.keys(told).filter((name) => name !== 'GATEWAY_APP_URL')
  expect(kept).toEqual(['WECHAT_GATEWAY_SECRET'])
})

it('the program of the gateway reaches no module of the database, of keys or of the app', () => {
  const seen = new Set<string>()
  const walk = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const code = readFileSync(path, 'utf8').replaceAll(/import type [^'"]*from ['"][^'"]+['"]/g, '')
    for (const [, from = ''] of code.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)) {
      walk(relative('.', join(dirname(path), from)))
    }
  }
  walk('src/channels/start-gateway.node.ts')
  expect(seen.size).toBeGreaterThan(10)
  expect(
    [...seen].filter((path) =>
      /^db\/(?!policy\/)|platform\/keys|vault|^src\/(?:node|app)/.test(path),
    ),
  ).toEqual([])
})
