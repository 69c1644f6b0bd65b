import { afterEach, expect, it } from 'vitest'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { countRequests } from '../helpers/count-requests.ts'
import { createTalker } from '../helpers/talk.ts'

const worlds: TestWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close()
})

/** A world in which a stranger applied before, and all that this person then hears, with what each turn asked of the database. */
async function heardWhere(stranger: number, lines: readonly string[]): Promise<string[]> {
  const world = await createWorld([createFakeChannel({ repliesInResponse: 10 })], {
    start: '2018-06-01T02:00:00.000Z',
  })
  worlds.push(world)
  await createTalker(world, { channel: 'web', id: 'other' }).sayAll(applicationLines(stranger))
  const person = createTalker(world, { channel: 'web', id: 'me' })
  const requests = countRequests(world.db)
  const heard: string[] = []
  for (const line of lines) {
    const said = await person.say(line)
    heard.push(`${requests.take()} ${said}`)
  }
  return heard
}

it('tells a sender nothing of an application that another chat has, by words, order or requests', async () => {
  const lines = [...applicationLines(3), '查进度', '我要申请']
  const where = await heardWhere(3, lines)
  const elsewhere = await heardWhere(11, lines)
  expect(where).toEqual(elsewhere)
  expect(where.some((text) => numberIn(text) !== null)).toBe(true)
})

it('tells the chat that has the other application right after the item, and takes another number', async () => {
  const world = await createWorld([createFakeChannel({ repliesInResponse: 10 })])
  worlds.push(world)
  const mine = applicationLines(5)
  const web = createTalker(world, { channel: 'web', id: 'me' })
  const phone = createTalker(world, { channel: 'telegram', id: 'me' })
  // Begun here, handed in there, and only then are both one person's.
  await web.sayAll(mine.slice(0, 4))
  const number = numberIn(await phone.sayAll(mine)) ?? 'none'
  await world.db.write([
    {
      sql: 'UPDATE sessions SET contact_id = (SELECT contact_id FROM cases), version = version + 1',
      args: [],
    },
  ])
  const told = await web.say(identityNumber(5))
  expect(told).toContain(number)
  expect(told).toContain('身份证号码是多少')
  expect(await web.say(identityNumber(7))).toContain('乡镇')
})
