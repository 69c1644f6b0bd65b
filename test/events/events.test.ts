import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { findEvent, moveEvent, rewriteEvent } from '../../db/events/events.ts'
import { countVisits } from '../../db/events/months.ts'
import { eraseSignups, findSignup, listFeedback, listSignups } from '../../db/events/signups.ts'
import { mergeContacts } from '../../db/people/links.ts'
import type { Input } from '../../flows/engine/types.ts'
import { tellOfEvents } from '../../src/events/tell.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { seedEvent } from '../helpers/events.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
let folder: string
const choice = (value: string): Input => ({ type: 'choice', value: `!events:${value}` })
const poster = (key: string): Input => ({
  type: 'command',
  name: 'start',
  payload: `events-in-${key}`,
})
const people = new Map<string, ReturnType<typeof createTalker>>()
const person = (id: string) => {
  const known = people.get(id) ?? createTalker(world, { channel: 'web', id })
  people.set(id, known)
  return known
}

/** Somebody who signed up for an event. */
async function signUp(id: string, eventId: string) {
  const talker = person(id)
  await talker.say(choice(`one-${eventId}`))
  return { talker, heard: await talker.say({ type: 'choice', value: 'join' }) }
}
const contactOf = async (id: string) => {
  const [rows = []] = await world.db.read([
    { sql: 'SELECT contact_id FROM addresses WHERE external_id = ?', args: [id] },
  ])
  return String(rows[0]?.[0])
}
const outbox = async () => {
  const [rows = []] = await world.db.read([
    {
      sql: `SELECT template, external_id, status FROM outbox WHERE kind = 'event' ORDER BY seq`,
      args: [],
    },
  ])
  return rows.map((row) => row.join(' '))
}

beforeEach(async () => {
  people.clear()
  folder = mkdtempSync(join(tmpdir(), 'events-'))
  const channel = { ...createFakeChannel(), type: 'web' as const }
  world = await createWorld([channel], { db: openFile(join(folder, 'a.db')) })
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true })
})

describe('signing up', () => {
  it('asks for the district by number or name, and remembers it', async () => {
    await seedEvent(world.deps)
    const ming = person('ming')
    expect(await ming.say('活动')).toContain('哪个区县')
    expect(await ming.say('火星')).toContain('没找到这个区县')
    expect(await ming.say('云岩')).toContain('云岩区近期有这些活动')
    await ming.say('菜单')
    expect(await ming.say('宣讲会')).toContain('云岩区近期有这些活动')
    expect(await ming.say('换个区县')).toContain('哪个区县')
    expect(await ming.say('1')).toContain('南明区近期还没有安排活动')
  })

  it('gives a place, then a place in the line, and moves the line up in its order', async () => {
    const { id } = await seedEvent(world.deps, { capacity: 1 })
    const first = await signUp('first', id)
    expect(first.heard).toContain('报上了')
    expect((await signUp('second', id)).heard).toContain('排上队')
    expect((await signUp('third', id)).heard).toContain('排上队')
    expect(await person('third').say(choice(`one-${id}`))).toContain('已经帮您排上队')
    await first.talker.say(choice(`leave-${id}`))
    const states = (await listSignups(world.db, id)).map(({ state }) => state)
    expect(states).toEqual(['cancelled', 'going', 'waiting'])
    expect(await tellOfEvents(world.deps)).toBe(1)
    expect(await tellOfEvents(world.deps)).toBe(0)
    expect(await outbox()).toEqual(['event.moved-up second created'])
    // Who comes back is behind those who waited.
    expect((await signUp('first', id)).heard).toContain('排上队')
  })

  it('never has more people than places, with 200 at once and cancellations among them', async () => {
    const { id } = await seedEvent(world.deps, { capacity: 50 })
    const heard = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { talker, heard } = await signUp(`p${n}`, id)
        if (n % 10 === 0) await talker.say(choice(`leave-${id}`))
        return heard
      }),
    )
    const all = await listSignups(world.db, id)
    const count = (state: string) => all.filter((one) => one.state === state).length
    expect([count('going'), count('waiting'), count('cancelled')]).toEqual([50, 130, 20])
    expect((await findEvent(world.db, { id }))?.going).toBe(50)
    expect(new Set(all.map(({ number }) => number)).size).toBe(200)
    // Who was promised a place has one, unless they gave it back.
    const promised = heard.flatMap((words, n) => (words.includes('报上了') ? [n] : []))
    for (const n of promised) {
      const signup = await findSignup(world.db, id, await contactOf(`p${n}`))
      expect(signup?.state, `p${n}`).toBe(n % 10 === 0 ? 'cancelled' : 'going')
    }
    const kept = promised.filter((n) => n % 10 !== 0).length
    expect(kept).toBeLessThanOrEqual(50)
    expect(promised.length).toBeGreaterThanOrEqual(50)
  }, 60_000)

  it('takes no sign-up for what is not published, was called off or is over', async () => {
    const draft = await seedEvent(world.deps, { draft: true })
    const ming = person('ming')
    expect(await ming.say(choice(`one-${draft.id}`))).toContain('没找到')
    const { id } = await seedEvent(world.deps)
    await world.db.write([moveEvent({ id, version: 2 }, 'cancelled', world.deps.now())])
    expect(await ming.say(choice(`one-${id}`))).toContain('取消了')
    const past = await seedEvent(world.deps, {
      startsAt: '2018-05-01T01:00:00.000Z',
      endsAt: '2018-05-01T02:00:00.000Z',
    })
    expect(await ming.say(choice(`one-${past.id}`))).toContain('已经结束')
    expect(await ming.say({ type: 'choice', value: 'join' })).not.toContain('报上了')
  })
})

describe('reminders', () => {
  it('come once a day and once two hours before, whoever sweeps at once', async () => {
    const { id } = await seedEvent(world.deps)
    await signUp('ming', id)
    expect(await tellOfEvents(world.deps)).toBe(0)
    world.tick(24 * 3600)
    // Two processes, each with a connection of its own.
    const other = { ...world.deps, db: openFile(join(folder, 'a.db')) }
    const told = await Promise.all([tellOfEvents(world.deps), tellOfEvents(other)])
    expect(told[0] + told[1]).toBe(1)
    world.tick(22 * 3600)
    const again = await Promise.all([tellOfEvents(other), tellOfEvents(world.deps)])
    expect(again[0] + again[1]).toBe(1)
    expect(await outbox()).toEqual(['event.day ming created', 'event.hours ming created'])
    await other.db.close()
  })

  it('are not for who cancelled, muted events, or signed up a moment ago', async () => {
    const { id } = await seedEvent(world.deps)
    const { talker } = await signUp('gone', id)
    await talker.say(choice(`leave-${id}`))
    const muted = await signUp('muted', id)
    await muted.talker.say('退订')
    world.tick(30 * 3600)
    await signUp('late', id)
    expect(await tellOfEvents(world.deps)).toBe(0)
    expect(await outbox()).toEqual([])
  })

  it('are withdrawn from the night when somebody cancels, and said anew for a new time', async () => {
    const { id } = await seedEvent(world.deps)
    const { talker } = await signUp('ming', id)
    await signUp('hua', id)
    world.tick(24 * 3600)
    await tellOfEvents(world.deps)
    await talker.say(choice(`leave-${id}`))
    expect(await outbox()).toEqual(['event.day ming permanent-failure', 'event.day hua created'])
    const event = await findEvent(world.db, { id })
    if (event === null) throw new Error('no event')
    const later = { startsAt: '2018-06-04T01:30:00.000Z', endsAt: '2018-06-04T03:00:00.000Z' }
    const told = { at: world.deps.now(), told: true }
    await world.db.write([rewriteEvent(event, { ...event, ...later }, told)])
    await tellOfEvents(world.deps)
    world.tick(24 * 3600)
    await tellOfEvents(world.deps)
    expect(await outbox()).toEqual([
      'event.day ming permanent-failure',
      'event.day hua permanent-failure',
      'event.changed hua created',
      'event.day hua created',
    ])
  })

  it('tell of a cancellation once, and are sent by the dispatcher', async () => {
    const { id } = await seedEvent(world.deps)
    await signUp('ming', id)
    const event = await findEvent(world.db, { id })
    if (event === null) throw new Error('no event')
    await world.db.write([moveEvent(event, 'cancelled', world.deps.now())])
    expect(await tellOfEvents(world.deps)).toBe(1)
    expect(await tellOfEvents(world.deps)).toBe(0)
    await dispatchOutbox(world.deps, async () => {})
    expect(await outbox()).toEqual(['event.cancelled ming sent'])
  })
})

describe('checking in by the poster', () => {
  it('works from an hour before to the end, once, and asks how it was', async () => {
    const { id, key } = await seedEvent(world.deps)
    const { talker } = await signUp('ming', id)
    expect(await talker.say(poster(key))).toContain('6月3日（周日）8:30起')
    // 8:30 in China on 3 June is 46.5 hours after 10:00 on 1 June.
    world.tick(46.5 * 3600 - 1)
    expect(await talker.say(poster(key))).toContain('还没到签到时间')
    world.tick(1)
    expect(await talker.say(poster(key))).toContain('签到好了')
    expect(await talker.say(poster(key))).toContain('已经签过到')
    world.tick(2.5 * 3600 + 60)
    const late = person('late')
    expect(await late.say(poster(key))).toContain('不能再签到')
    expect(await tellOfEvents(world.deps)).toBe(1)
    expect(await talker.say(choice(`rate-${id}`))).toContain('打个分')
    expect(await talker.say('9')).toContain('1到5')
    expect(await talker.say('4')).toContain('还想说几句吗')
    expect(await talker.say('茶水很好，讲得再慢一点')).toContain('谢谢您')
    expect(await late.say(choice(`rate-${id}`))).toContain('只请到场签到的人')
    expect(await listFeedback(world.db, testVault, id)).toEqual([
      { stars: 4, words: '茶水很好，讲得再慢一点' },
    ])
    expect(await tellOfEvents(world.deps)).toBe(0)
  })

  it('lets who did not sign up in on the spot while there is room, and sends the rest to staff', async () => {
    const { id, key } = await seedEvent(world.deps, { capacity: 1 })
    world.tick(47 * 3600)
    // The first words that they ever say here.
    const ming = person('ming')
    expect(await ming.say(poster(key))).toContain('现在就能签到入场')
    expect(await ming.say({ type: 'choice', value: 'walk-in' })).toContain('签到好了')
    const hua = person('hua')
    expect(await hua.say(poster(key))).toContain('名额已经满了')
    expect(await hua.say({ type: 'choice', value: 'walk-in' })).toContain('门口的工作人员')
    const all = await listSignups(world.db, id)
    expect(
      all.map(({ state, walkIn, checkedInAt }) => [state, walkIn, checkedInAt !== null]),
    ).toEqual([
      ['going', true, true],
      ['waiting', true, false],
    ])
  })

  it('knows no forged code', async () => {
    expect(await person('ming').say(poster('nonsense'))).toContain('没找到')
  })
})

describe('two chats of one person, and a person who leaves', () => {
  it('makes one place of two, and gives the other on', async () => {
    const { id } = await seedEvent(world.deps, { capacity: 2 })
    await signUp('phone', id)
    await signUp('desk', id)
    await signUp('waits', id)
    await world.db.write(mergeContacts(await contactOf('desk'), await contactOf('phone')))
    await tellOfEvents(world.deps)
    expect((await listSignups(world.db, id)).map(({ state }) => state)).toEqual(['going', 'going'])
    expect(await outbox()).toEqual(['event.moved-up waits created'])
  })

  it('forgets who came, and keeps that somebody did', async () => {
    const { id, key } = await seedEvent(world.deps)
    world.tick(47 * 3600)
    const ming = person('ming')
    await ming.sayAll([poster(key), { type: 'choice', value: 'walk-in' }])
    await world.db.write(eraseSignups(await contactOf('ming')))
    expect(await listSignups(world.db, id)).toEqual([])
    const [rows = []] = await world.db.read([
      { sql: 'SELECT going, gone_attended FROM events WHERE id = ?', args: [id] },
    ])
    expect(rows[0]).toEqual([0, 1])
  })
})

it('counts the visits of a district for its own people without those of others', async () => {
  await seedEvent(world.deps, { district: 'yunyan' })
  await seedEvent(world.deps, { district: 'nanming' })
  const year = { from: '2018-01-01T00:00:00.000Z', to: '2019-01-01T00:00:00.000Z' }
  const when = { programme: world.deps.programme, now: world.deps.now(), ...year }
  const of = async (district: string | null) =>
    (await countVisits(world.db, { district }, when)).map((row) => row.district).sort()
  expect(await of('yunyan')).toEqual(['yunyan'])
  expect(await of(null)).toEqual(['nanming', 'yunyan'])
})
