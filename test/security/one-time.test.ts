import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { schemaTables } from '../core/described.ts'
import { createWorld } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'
import { createVisitor } from '../helpers/visitor.ts'
import { OF_PEOPLE } from './one-time/people.ts'
import { OF_STAFF } from './one-time/staff.ts'
import type { OneTime, Stage } from './one-time/stage.ts'
import { OF_VOUCHERS } from './one-time/vouchers.ts'

const TABLES = (await schemaTables()).map(getTableConfig)
const ALL: readonly OneTime[] = [...OF_PEOPLE, ...OF_STAFF, ...OF_VOUCHERS]

/** Columns by which a table says that something works once, or until a moment. */
const MARK =
  /^(uses|tries|agreements|confirmations|reversals|nonce|signature|expires_at|undo_until|code_until|spent_at|verified_step|.*(token_hash|code_index|pin_index|request_key))$/

/** Tables with such a column that this walk does not use twice: another test that does, by its title; or why nothing is used up. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, title: string] | string>> = {
  gateway_nonces: ['test/bots/wechat.test.ts', 'opens what it was made for, once'],
  wechat_deliveries: [
    'test/bots/wechat-mp.test.ts',
    'is taken again as a retry, and refused as a replay later',
  ],
  turns: [
    'test/conversation/handle-event.test.ts',
    'gives the same stored reply to the same event, however often and however late',
  ],
  late_events: [
    'test/conversation/handle-event.test.ts',
    'answers five deliveries at once with one turn and one reply',
  ],
  wechat_credits: [
    'test/bots/wechat-mp-send.test.ts',
    'gives one consent to one of two who want it at once',
  ],
  wechat_kf_people: [
    'test/bots/wechat-kf-journey.test.ts',
    'is greeted by the code of the event, writes, taps real buttons, and gets one message a turn',
  ],
  vouchers: [
    'test/vouchers/console.test.ts',
    'says for each number what came of it; sent twice, it issues once',
  ],
  fund_acts: [
    'test/funds/ledger.test.ts',
    'goes to a district only by two people, by account and by name',
  ],
  tip_off_messages: ['test/tipoffs/supervision.test.ts', 'keeps a second agreement out'],
  api_keys: 'a key is used until it ends',
  staff_sessions: 'a session is used until it ends',
  wechat_tokens: 'the networks’ tokens are used until they end',
  outbox: 'a message that is too old is not sent',
}

/** Where somebody types: that they said something is kept, whatever came of it. */
const TALK =
  /^(sessions|turns|contacts|addresses|attempts|sign_in_failures|staff_sessions|staff_verifications|late_events|unanswered_questions)$/

/** Who tried in vain is counted. */
const COUNTS = /^(failed_verification_count|tries)$/

async function openStage(): Promise<Stage> {
  const channels = (['web', 'telegram', 'wechat'] as const).map((type) => ({
    ...createFakeChannel({ repliesInResponse: 10 }),
    type,
  }))
  const world = await createWorld(channels)
  onTestFinished(() => world.close())
  world.deps.linkTo = { telegramBot: 'weiqitong_bot' }
  const app = createApp(world.deps)
  return {
    world,
    app,
    chat: (channel, id) => createTalker(world, { channel, id }),
    browser: () => createVisitor('https://chat.test', (url, init) => app.request(url, init)),
    rows: async (sql, ...args) => (await world.db.read([{ sql, args }]))[0] ?? [],
  }
}

/** All that is stored, but who said what. */
async function effects({ rows }: Stage): Promise<Record<string, string>> {
  const tables = TABLES.filter(({ name }) => !TALK.test(name))
  return Object.fromEntries(
    await Promise.all(
      tables.map(async ({ name, columns }) => {
        const kept = columns.flatMap((one) => (COUNTS.test(one.name) ? [] : [one.name])).join()
        const hash = createHash('sha256')
        for (const row of await rows(`SELECT ${kept} FROM ${name}`)) {
          for (const value of row) hash.update(value instanceof Uint8Array ? value : String(value))
        }
        return [name, hash.digest('hex')] as const
      }),
    ),
  )
}

describe.each(ALL)('$what', ({ begin, refusal }) => {
  it('works once; the second time says so and changes nothing', async () => {
    const stage = await openStage()
    const use = await begin(stage)
    const first = await use(0)
    expect(first.done, first.words.replace(/[\s\S]*<main/, '').slice(0, 600)).toBe(true)
    const before = await effects(stage)
    const second = await use(1)
    expect(second.done, second.words.slice(-400)).toBe(false)
    expect(second.words).toMatch(refusal)
    expect(await effects(stage)).toEqual(before)
  })

  it('works for one of two at once', async () => {
    const stage = await openStage()
    const use = await begin(stage)
    const both = await Promise.all([use(0), use(1)])
    expect(both.map(({ done }) => done).sort()).toEqual([false, true])
    expect(both.find(({ done }) => !done)?.words).toMatch(refusal)
  })
})

it('nothing that works once is forgotten: each table with a mark of such is used twice here, or said to be elsewhere', () => {
  const walked = new Set(ALL.flatMap(({ tables }) => tables))
  const marked = TABLES.flatMap(({ name, columns }) =>
    columns.some((column) => MARK.test(column.name)) ? [name] : [],
  )
  expect(marked.length).toBeGreaterThan(15)
  const missing = marked.filter((name) => !walked.has(name) && !(name in ELSEWHERE))
  expect(missing).toEqual([])
  for (const where of Object.values(ELSEWHERE)) {
    if (typeof where === 'string') continue
    const [file, title] = where
    expect(readFileSync(file, 'utf8'), file).toContain(title)
  }
})
