import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConstraintError } from '../../db/core/database.ts'
import { forgetSilent, sliceAt } from '../../db/people/retention.ts'
import { newId } from '../../src/kernel/ids.ts'
import { forgetOldData } from '../../src/people/forget-old.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { openEverything } from '../helpers/residue.ts'
import { createTalker } from '../helpers/talk.ts'

const DAY = 86_400
const MINUTES = 24 * 60
const DAYS = 730

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([{ ...createFakeChannel(), type: 'web' }])
})
afterEach(() => world.close())

const talker = (id: string) => createTalker(world, { channel: 'web', id })
const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const count = async (table: string) => Number((await rows(`SELECT count(*) FROM ${table}`))[0]?.[0])
const everything = async () =>
  (await openEverything(world.db, testVault)).map(({ text }) => text).join('\n')

/** A whole day of minutes, after which everybody was looked after once. */
async function aDay(): Promise<void> {
  for (let minute = 0; minute < MINUTES; minute++) {
    await forgetOldData(world.deps, DAYS)
    world.tick(60)
  }
}

describe('the retention sweep', () => {
  it('looks after every person once a day', () => {
    const slices = Array.from({ length: MINUTES }, (_, minute) =>
      sliceAt(new Date(Date.UTC(2018, 5, 1, 0, minute)).toISOString()),
    )
    for (let tries = 0; tries < 2000; tries++) {
      const id = newId()
      expect(slices.filter(({ from, to }) => from <= id && id < to)).toHaveLength(1)
    }
  })

  it('leaves nothing of who was silent and has no case, and all of who spoke', async () => {
    const gone = talker('of-wang')
    await gone.sayAll(['/start', '我家隔壁的石狮子能领几块钱', ...applicationLines(7).slice(1, 6)])
    const stays = talker('of-li')
    await stays.say('服务券可以拿来请会计代账不')
    world.tick((DAYS - 1) * DAY)
    await stays.say('菜单')
    await aDay()
    expect(await everything()).toContain('石狮子')
    world.tick(DAY)
    await aDay()
    const left = await everything()
    for (const mark of ['石狮子', '王小明', '13900000007', 'of-wang'])
      expect(left).not.toContain(mark)
    expect(await rows('SELECT external_id FROM sessions')).toEqual([['of-li']])
    expect(await count('contacts')).toBe(1)
    expect(world.logged.join()).toContain('"people":1')
    expect(await gone.say('菜单')).not.toBe('')
  })

  it('forgets what somebody who still comes said long ago, and goes on with them', async () => {
    const person = talker('of-li')
    await person.sayAll(['/start', '我家隔壁的石狮子能领几块钱'])
    world.tick((DAYS - 10) * DAY)
    await person.say('我是退伍军人能不能优先')
    const before = await count('turns')
    world.tick(20 * DAY)
    await aDay()
    const left = await everything()
    expect(left).not.toContain('石狮子')
    expect(left).toContain('退伍军人')
    expect(await count('turns')).toBeLessThan(before)
    expect(await person.say('菜单')).not.toBe('')
  })

  it('keeps who has a case, and what was said for it', async () => {
    const person = talker('of-wang')
    expect(numberIn(await person.sayAll(applicationLines(8)))).not.toBeNull()
    const before = await count('turns')
    world.tick(3 * DAYS * DAY)
    await aDay()
    expect(await count('turns')).toBe(before)
    expect(await everything()).toContain('13900000008')
  })

  it('keeps a message that still waits, and forgets those that are done with', async () => {
    await talker('of-wang').sayAll(applicationLines(9))
    await world.db.write([
      {
        sql: `INSERT INTO outbox (id, channel, external_id, origin, body, status, next_attempt_at, expires_at,
            created_at, left_at)
          SELECT column1, 'web', 'of-wang', 'notice', x'7b7d', column2, '2018', '2018', '2018', column3
          FROM (VALUES ('old', 'sent', '2018-06-01'), ('waits', 'created', NULL), ('new', 'sent', '2020-06-01'))`,
        args: [],
      },
    ])
    world.tick((DAYS + 1) * DAY)
    await aDay()
    expect(await rows(`SELECT id FROM outbox WHERE created_at = '2018' ORDER BY id`)).toEqual([
      ['new'],
      ['waits'],
    ])
  })

  it('forgets nobody who comes back while the sweep is at them', async () => {
    const person = talker('of-wang')
    await person.say('/start')
    const [id] = (await rows('SELECT id FROM contacts'))[0] ?? []
    world.tick((DAYS + 1) * DAY)
    const before = new Date(Date.parse(world.deps.now()) - DAYS * DAY * 1000).toISOString()
    await person.say('菜单')
    await expect(
      forgetSilent(world.deps.vault, String(id), before, world.deps.now()).then((statements) =>
        world.db.write(statements),
      ),
    ).rejects.toBeInstanceOf(ConstraintError)
    expect(await count('turns')).toBe(2)
    expect(await person.say('1')).not.toBe('')
  })
})
