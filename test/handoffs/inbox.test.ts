import { afterEach, beforeEach, expect, it } from 'vitest'
import { listCanned } from '../../db/handoffs/reply-templates.ts'
import { listAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let world: TestWorld
let app: ReturnType<typeof createApp>
let agent: SignedIn
let reviewer: SignedIn
beforeEach(async () => {
  world = await createWorld([])
  app = createApp(world.deps)
  agent = await signInAs(world.deps, 'agent')
  reviewer = await signInAs(world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => world.close())

async function ask({ cookie }: SignedIn, path: string, form?: Record<string, string>) {
  const response = await app.request(`https://chat.test${path}`, {
    method: form === undefined ? 'GET' : 'POST',
    headers: { host: 'chat.test', origin: 'https://chat.test', cookie },
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
  })
  return { status: response.status, text: await response.text() }
}
const WORDS = {
  'words-zh-Hans': '请带身份证原件。',
  'words-en': 'Please bring your identity card.',
}
const add = (who: SignedIn, title: string, more: Record<string, string> = {}) =>
  ask(who, '/console/canned', { title, ...WORDS, ...more })

it('keeps ready answers of the city and of a district, each for its own people', async () => {
  await add(agent, '全市的')
  await add(agent, '南明的', { district: 'nanming' })
  // Somebody of a district writes for that district, whatever the form says.
  await add(reviewer, '云岩的', { district: 'nanming' })
  const list = (await ask(reviewer, '/console/canned')).text
  expect([list.includes('全市的'), list.includes('云岩的'), list.includes('南明的')]).toEqual([
    true,
    true,
    false,
  ])
  const all = await listCanned(world.db, { district: null })
  expect(all.map(({ title, district }) => [title, district])).toEqual([
    ['云岩的', 'yunyan'],
    ['南明的', 'nanming'],
    ['全市的', null],
  ])
  const city = all.find(({ district }) => district === null)?.id ?? ''
  expect((await ask(reviewer, `/console/canned/${city}`, { title: 'x', ...WORDS })).status).toBe(
    404,
  )
  expect((await ask(reviewer, `/console/canned/${city}/remove`, {})).status).toBe(404)
})

it('puts one into the answer box in the person’s language, with and without scripts', async () => {
  await add(agent, '身份证')
  const [canned] = await listCanned(world.db, { district: null })
  const handoff = await seedHandoff(world.deps, 'yunyan')
  const page = (await ask(agent, `/console/inbox/${handoff}`)).text
  expect(page).toContain('data-insert="请带身份证原件。"')
  expect(page).not.toMatch(/<textarea[^>]*>请带/)
  const chosen = (await ask(agent, `/console/inbox/${handoff}?canned=${canned?.id}`)).text
  expect(chosen).toMatch(/<textarea[^>]*name="text"[^>]*>请带身份证原件。<\/textarea>/)
})

it('changes and removes one, refuses a gap or a missing language, and notes it all', async () => {
  await add(agent, '身份证')
  const [canned] = await listCanned(world.db, { district: null })
  const path = `/console/canned/${canned?.id}`
  const save = (more: Record<string, string>) =>
    ask(agent, path, { title: '身份证', version: '1', ...WORDS, ...more })
  expect((await save({ 'words-en': '' })).status).toBe(400)
  expect((await save({ 'words-en': 'Dear {{name}}' })).status).toBe(400)
  expect((await save({ title: '证件' })).status).toBe(303)
  // The second who opened it at the same version.
  expect((await save({ title: '别的' })).status).toBe(409)
  expect((await listCanned(world.db, { district: null }))[0]).toMatchObject({
    title: '证件',
    version: 2,
  })
  await ask(agent, `${path}/remove`, {})
  expect(await listCanned(world.db, { district: null })).toEqual([])
  const { rows: noted } = await listAudit(world.db, { action: 'canned.', limit: 9 })
  expect(noted.map(({ action }) => action)).toEqual([
    'canned.removed',
    'canned.changed',
    'canned.added',
  ])
})

it('narrows the list to mine, nobody’s, a reason or a channel, and finds last words', async () => {
  const mine = await seedHandoff(world.deps, 'yunyan')
  const free = await seedHandoff(world.deps, 'yunyan')
  await ask(agent, `/console/inbox/${mine}/take`, {})
  const shown = async (path: string, form?: Record<string, string>) => {
    const { text } = await ask(agent, path, form)
    return [mine, free].map((id) => text.includes(`/console/inbox/${id}"`))
  }
  expect(await shown('/console/inbox?taken=me')).toEqual([true, false])
  expect(await shown('/console/inbox?taken=nobody')).toEqual([false, true])
  expect(await shown('/console/inbox?reason=asked&channel=web')).toEqual([true, true])
  expect(await shown('/console/inbox?reason=bug')).toEqual([false, false])
  expect(await shown('/console/inbox?channel=wechat')).toEqual([false, false])
  expect(await shown('/console/inbox/search', { words: '米粉店' })).toEqual([true, true])
  expect(await shown('/console/inbox/search', { words: '别的什么' })).toEqual([false, false])
})

it('keeps the waiting times current, but keeps nobody signed in by that', async () => {
  await seedHandoff(world.deps, 'yunyan')
  const { text } = await ask(agent, '/console/inbox')
  expect(text).toMatch(/id="waiting"[^>]*data-hx-trigger="every \d+s"/)
  expect((await ask(agent, '/console/inbox?closed')).text).not.toContain('data-hx-trigger')
})
