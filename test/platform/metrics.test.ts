import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createFakeChannel, eventOf } from '../helpers/channels/fake-channel.ts'

let world: TestWorld
const network = createFakeChannel()

beforeEach(async () => {
  world = await createWorld([network])
})
afterEach(() => world.close())

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })

it('tells an operator what waits, and nothing of a person', async () => {
  const app = createApp(world.deps)
  for (const text of ['人工', '太空旅行补多少钱'])
    await handleEvent(world.deps, network, eventOf('a-person-of-marked-name', text, text))
  await app.request('/healthz', {}, from('203.0.113.7'))
  await app.request('/nowhere/张三', {}, from('203.0.113.7'))
  world.tick(90)

  const response = await app.request('/metrics', {}, from('127.0.0.1'))
  const text = await response.text()
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(text).toContain('weiqitong_handoffs_open 1')
  expect(text).toMatch(/weiqitong_handoff_oldest_seconds (9\d|1\d\d)/)
  expect(text).toContain('weiqitong_people_day{channel="telegram"} 1')
  expect(text).toMatch(/weiqitong_request_seconds_count\{route="healthz",status="2xx"\} 1/)
  expect(text).toMatch(
    /weiqitong_request_seconds_bucket\{route="other",status="4xx",le="\+Inf"\} 1/,
  )
  expect(text).not.toMatch(/marked-name|张三|203\.0\.113/)
  for (const line of text.trim().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? \d+(\.\d+)?(e-\d+)?)$/,
    )
  }
})

it('is for this machine alone, or for whoever has the token', async () => {
  const open = createApp(world.deps)
  expect((await open.request('/metrics', {}, from('203.0.113.7'))).status).toBe(404)
  expect((await open.request('/metrics', {}, from('::1'))).status).toBe(200)

  const guarded = createApp({ ...world.deps, metricsToken: 'a-token-of-metrics' })
  const ask = (authorization: string) =>
    guarded.request('/metrics', { headers: { authorization } }, from('203.0.113.7'))
  expect((await ask('Bearer a-token-of-metrics')).status).toBe(200)
  expect((await ask('Bearer a-token-of-metric')).status).toBe(404)
  expect((await guarded.request('/metrics', {}, from('127.0.0.1'))).status).toBe(404)
})
