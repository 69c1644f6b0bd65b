import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { GatewayState } from '../../bots/wechat/wire.ts'
import { type FakeApp, GATEWAY_SECRET, rowOf, startFakeApp } from '../fakes/wechat-app.ts'
import type { Order } from '../fakes/wechat-child.ts'

/** Between two messages; a kill in the middle of it hits no message half-way. */
const PACE = 800

let app: FakeApp
let folder: string
let child: ChildProcess | null = null
beforeEach(async () => {
  app = await startFakeApp()
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-gateway-kill-'))
})
afterEach(async () => {
  if (child !== null) await kill(child)
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const until = (condition: () => unknown) =>
  vi.waitUntil(condition, { timeout: 15_000, interval: 20 })

async function start(milliseconds: number) {
  const seen = join(folder, 'seen.jsonl')
  const spool = join(folder, 'spool')
  const started = fork(
    'test/fakes/wechat-child.ts',
    [spool, app.url, GATEWAY_SECRET, seen, String(milliseconds)],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  child = started
  let state: GatewayState | null = null
  started.on('message', (told) => {
    state = told as GatewayState
  })
  await until(() => state !== null)
  const tell = (order: Order) => void started.send(order)
  tell({ do: 'login' })
  await until(() => state?.phase === 'logged-in')
  return { started, tell, waiting: () => state?.waiting ?? { inbound: 0, outbound: 0 } }
}

async function kill(running: ChildProcess) {
  child = null
  if (running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
}

/** What people saw, over all lives of the gateway. */
function seen(): string[] {
  const path = join(folder, 'seen.jsonl')
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).text)
}

const names = ['一', '二', '三', '四']
const said = names.map((text) => `答：${text}`)
const noticed = names.map((text) => `通知${text}`)

it('a gateway killed with messages waiting on both sides loses none and doubles none', async () => {
  const deliver = (tell: (order: Order) => void) => {
    for (const [index, text] of names.entries()) {
      const from = index % 2 === 0 ? 'wxid_alice' : 'wxid_bob'
      tell({ do: 'deliver', id: `m${index}`, from, text })
    }
  }
  app.due.push(...names.map((text, index) => rowOf(`n${index}`, 'id:wxid_alice', `通知${text}`)))
  const first = await start(PACE)
  deliver(first.tell)
  await until(() => seen().length === 2)
  await pause(PACE / 3)
  expect(first.waiting().inbound).toBeGreaterThan(0)
  expect(first.waiting().outbound).toBeGreaterThan(0)
  await kill(first.started)

  app.away = true
  const second = await start(PACE)
  // The network brings up again what it brought before.
  deliver(second.tell)
  await until(() => seen().length === 4)
  await pause(PACE / 3)
  await kill(second.started)

  app.away = false
  const third = await start(5)
  deliver(third.tell)
  await until(() => seen().length >= 8)
  await until(() => third.waiting().inbound + third.waiting().outbound === 0)
  await pause(500)
  expect(seen().sort()).toEqual([...said, ...noticed].sort())
  expect(seen().filter((text) => noticed.includes(text))).toEqual(noticed)
  expect(seen().filter((text) => said.includes(text))).toEqual(said)
  expect([...app.events()].map(({ id }) => id)).toEqual(
    ['m0', 'm1', 'm2', 'm3'].map((id) => `wechat:${id}`),
  )
  const sent = app.acks.filter(({ result }) => typeof result === 'object' && result.ok)
  expect(new Set(sent.map(({ id }) => id))).toEqual(new Set(['n0', 'n1', 'n2', 'n3']))
})

it('what came while the app was away survives a kill, and goes to the app in order', async () => {
  app.away = true
  const first = await start(5)
  for (const [index, text] of names.entries()) {
    first.tell({ do: 'deliver', id: `m${index}`, from: 'wxid_alice', text })
  }
  await until(() => first.waiting().inbound === 4)
  await kill(first.started)
  app.away = false
  await start(5)
  await until(() => seen().length === 4)
  expect(app.delivered.map(({ id }) => id)).toEqual(
    ['m0', 'm1', 'm2', 'm3'].map((id) => `wechat:${id}`),
  )
  expect(seen()).toEqual(said)
})

it('a result that could not be reported is reported after a kill, and nothing is said again', async () => {
  app.deaf = true
  app.due.push(rowOf('n0', 'id:wxid_alice', '通知'))
  const first = await start(5)
  await until(() => seen().length === 1)
  await pause(300)
  await kill(first.started)
  app.deaf = false
  const second = await start(5)
  await until(() => app.acks.length > 0)
  await until(() => second.waiting().outbound === 0)
  await pause(300)
  expect(app.acks[0]).toEqual({ id: 'n0', attempt: 1, result: { ok: true, externalId: 'wechat' } })
  expect(seen()).toEqual(['通知'])
})

it('a row that was being said as the gateway died is reported in doubt', async () => {
  const first = await start(5)
  first.tell({ do: 'stall' })
  await pause(100)
  app.due.push(rowOf('n0', 'id:wxid_alice', '通知'))
  await until(() => first.waiting().outbound === 1)
  await pause(300)
  await kill(first.started)
  await start(5)
  await until(() => app.acks.length > 0)
  expect(app.acks).toEqual([{ id: 'n0', attempt: 1, result: 'in-doubt' }])
  expect(seen()).toEqual([])
})
