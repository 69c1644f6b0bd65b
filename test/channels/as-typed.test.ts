import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { checkName } from '../../flows/programme/form/check-name.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { createApp } from '../../src/app.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld

beforeEach(async () => {
  let ids = 0
  world = await createWorld([
    createWebChannel({
      secret: 'a secret for tests only, 32 characters',
      newId: () => `web-${++ids}-of-this-test-alone`,
      now: () => '2018-06-01T02:00:00.000Z',
      secureCookie: false,
      translate: createTranslate(),
    }),
  ])
})
afterEach(() => world.close())

const linesOf = (name: string) =>
  readFileSync(new URL(`../bots/fixtures/cases/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

const talkerOf = (id: string) => createTalker(world, { channel: 'telegram', id })

it.each(linesOf('41-web-text-lost-on-reload'))(
  'a reload shows %j as it was typed',
  async (text) => {
    const app = createApp(world.deps)
    const said = await app.request('/webhooks/web', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'm1', text }),
    })
    const token = said.headers.get('x-conversation') ?? ''
    const history = await app.request('/webhooks/web/history', {
      headers: { authorization: `Bearer ${token}` },
    })
    const { messages } = (await history.json()) as {
      messages: { direction: string; what?: string; body: { text: string } }[]
    }
    const mine = messages.filter(({ direction }) => direction === 'in')
    expect(mine.map(({ what, body }) => [what, body.text])).toEqual([['text', text]])
  },
)

describe('an option said otherwise', () => {
  it.each(linesOf('12-option-said-otherwise'))('%j is the first one', async (words) => {
    const plain = talkerOf('first')
    const other = talkerOf('other')
    const asked = await plain.sayAll(['/restart', '先看看我能不能申请'])
    const expected = await plain.say('1')
    expect(expected).not.toContain(asked)
    expect(await other.sayAll(['/restart', '先看看我能不能申请', words])).toBe(expected)
  })
})

it.each(linesOf('13-opt-out-words'))('%j opts out, and says so', async (words) => {
  const answer = await talkerOf('out').say(words)
  expect(answer).toMatch(/都不发给您|no reminders/)
  const [rows] = await world.db.read([
    { sql: 'SELECT count(*) FROM addresses WHERE opted_out_at IS NOT NULL', args: [] },
  ])
  expect(rows?.[0]?.[0]).toBe(1)
})

it.each(linesOf('14-web-puppet-emoji'))('%j is heard without its markup', async (words) => {
  expect(await talkerOf('markup').say(words)).toContain('4.5万')
})

it.each([...linesOf('40-name-two-characters'), '王○', '王 ◯', '李々'])('%s is a name', (name) => {
  expect(checkName(name)).toMatchObject({ ok: true })
})

it('a circle in a name is written as the character', () => {
  expect(checkName('王○明')).toMatchObject({ value: '王〇明' })
  expect(checkName('王')).toMatchObject({ ok: false })
})
