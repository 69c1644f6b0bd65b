import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openFile } from '../../../db/core/client.node.ts'
import type { Database } from '../../../db/core/database.ts'
import type { Reply } from '../../../flows/engine/channel.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../../fakes/wechat-kf.ts'
import type { KfPhone } from '../../fakes/wechat-kf-person.ts'
import { KEY_SETTINGS } from '../../helpers/app.ts'
import { applicationLines } from '../../helpers/applicant.ts'
import { kfSettings } from '../../helpers/channels/wechat-kf.ts'
import { type Client, createClient } from '../kill/client.ts'
import { type Clock, createClock } from '../kill/clock.ts'
import { createServerUnderTest } from '../kill/server.ts'
import { createRandom, type Random } from '../random.ts'
import { compare } from './compare.ts'
import type { EventRecord, PersonRecord } from './play.ts'
import { createModel } from './world.ts'

/** How many of a person's messages are under way without an answer. */
const AHEAD = 3
/** One of so many people is on 微信客服. */
const CUSTOMERS = 10
/** Nobody waits longer for the last of the answers. */
const PATIENCE_MILLISECONDS = 60_000
/** How often somebody types on without waiting for the answer, and a network delivers twice. */
const [IMPATIENT, TWICE] = [0.4, 0.4]

export type StormFigures = {
  people: number
  deliveries: number
  refused: number
  failure: string | null
}

/**
 * The same with real time: two processes of `src/node.ts` on one database file, people who type on without
 * waiting, each message delivered to either or both. Of ten people one writes to 微信客服, whose account all of them share.
 */
export async function storm(options: {
  people: number
  seed: number
  breakName: string | null
}): Promise<StormFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-prove-storm-'))
  const path = join(folder, 'storm.db')
  const clock = createClock('2018-06-01T02:00:00.000Z')
  const kf = await startFakeWechatKf({
    now: clock.now,
    webhook: 'https://chat.test/webhooks/wechat-kf',
  })
  const settings = {
    ...KEY_SETTINGS,
    ...kfSettings(kf),
    PERSONAL_DATA_CHANNELS: 'web,wechat-kf',
    DATABASE_URL: `file:${path}`,
    LOG: 'off',
    SESSION_SECRET: 'x'.repeat(32),
  }
  const { breakName } = options
  const servers = [
    await createServerUnderTest({ clock, settings, breakName }),
    await createServerUnderTest({ clock, settings, breakName }),
  ]
  // One after the other: the first makes the database.
  for (const server of servers) await server.start()
  const clients = servers.map((server) => createClient(server))
  const random = createRandom(options.seed)
  const counts = { deliveries: 0 }
  const people = await Promise.all(
    Array.from({ length: options.people }, (_, number) =>
      (number % CUSTOMERS === 1 ? writeTo(kf, clock) : talk)(
        { clients, random: random.fork(String(number)), counts },
        number,
      ),
    ),
  )
  const refused = clients.flatMap(({ counts: { refused: all } }) => [...all.values()])
  for (const server of servers) await server.close()
  await kf.close()

  const db = openFile(path)
  const { model, closeModel } = await createModel()
  const failure =
    (await compare({ db, model }, { people })) ?? (await compareArrivals(db, kf, people))
  await Promise.all([db.close(), closeModel()])
  rmSync(folder, { recursive: true, force: true })
  return {
    people: people.length,
    deliveries: counts.deliveries,
    failure,
    refused: refused.reduce((sum, count) => sum + count, 0),
  }
}

type World = { clients: readonly Client[]; random: Random; counts: { deliveries: number } }

/** A whole application by somebody who does not wait; gives what the network saw of it. */
async function talk({ clients, random, counts }: World, number: number): Promise<PersonRecord> {
  const address = `10.${number >> 8}.${number & 255}.1`
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address }
  let token: string | null = null
  let clock = 0
  const deliver = async (client: Client, id: string, text: string) => {
    counts.deliveries++
    const authorized = token === null ? headers : { ...headers, authorization: `Bearer ${token}` }
    const body = JSON.stringify({ id, text })
    return client.deliver(() => ({ path: '/webhooks/web', headers: authorized, body }))
  }
  const first = await deliver(random.pick(clients), 'm0', '你好')
  token = String(first.headers['x-conversation'])
  const id = token.slice(0, token.indexOf('.'))
  const person: PersonRecord = {
    address: { channel: 'web', id },
    number,
    events: [],
    before: [{ id: `web:${id}:m0`, text: '你好' }],
  }
  const under: Promise<void>[] = []
  for (const [index, text] of applicationLines(number).slice(1).entries()) {
    if (under.length >= AHEAD || !random.chance(IMPATIENT)) await Promise.all(under.splice(0))
    const record: EventRecord = {
      id: `web:${id}:m${index + 1}`,
      text,
      sent: ++clock,
      replies: [],
      acknowledged: Number.POSITIVE_INFINITY,
    }
    person.events.push(record)
    const copies = random.chance(TWICE) ? clients : [random.pick(clients)]
    for (const client of copies) {
      under.push(
        deliver(client, `m${index + 1}`, text).then((answer) => {
          record.acknowledged = Math.min(record.acknowledged, ++clock)
          const { turn, replies: messages } = JSON.parse(answer.text) as {
            turn: number
            replies: Reply['messages']
          }
          record.replies.push({ turn, messages })
        }),
      )
    }
  }
  await Promise.all(under)
  return person
}

/** The same by 微信客服: a callback says that there is something, whoever takes it fetches what there is, of anybody. */
function writeTo(kf: FakeWechatKf, clock: Clock): typeof talk {
  return async ({ clients, random, counts }, number) => {
    const id = `wmStorm${number}`
    const customer = kf.person(id)
    const person: PersonRecord = {
      address: { channel: 'wechat-kf', id },
      number,
      events: [],
      before: [],
    }
    const under: Promise<unknown>[] = []
    let now = 0
    const callBack = async () => {
      const request = kf.callback({ seconds: Math.floor(clock.now() / 1000) })
      const { pathname, search } = new URL(request.url)
      const headers = { 'content-type': 'text/xml' }
      return { path: `${pathname}${search}`, headers, body: await request.text() }
    }
    for (const [index, text] of applicationLines(number).entries()) {
      // Five messages may follow each of theirs, so nobody runs far ahead of the answers.
      await answered(customer, index - 1)
      const record: EventRecord = {
        id: `wechat-kf:${id}:${id}-${index}`,
        text,
        sent: ++now,
        replies: [],
        acknowledged: Number.POSITIVE_INFINITY,
      }
      person.events.push(record)
      Object.assign(customer, { heardAt: clock.now(), received: 0 })
      kf.put({
        msgid: `${id}-${index}`,
        open_kfid: kf.account.openKfId,
        external_userid: id,
        send_time: Math.floor(clock.now() / 1000),
        origin: 3,
        msgtype: 'text',
        text: { content: text },
      })
      for (const client of random.chance(TWICE) ? clients : [random.pick(clients)]) {
        counts.deliveries++
        under.push(
          client.deliver(callBack).then(() => {
            record.acknowledged = Math.min(record.acknowledged, ++now)
          }),
        )
      }
      if (!random.chance(IMPATIENT)) await Promise.all(under.splice(0))
    }
    await Promise.all(under)
    await answered(customer, person.events.length)
    return person
  }
}

/** Waits until somebody has had so many messages. */
async function answered({ seen }: KfPhone, count: number): Promise<void> {
  const until = performance.now() + PATIENCE_MILLISECONDS
  while (seen.length < count && performance.now() < until) await pause(20)
}

/** Every message that the outbox says was sent reached the person once. */
async function compareArrivals(
  db: Database,
  kf: FakeWechatKf,
  people: readonly PersonRecord[],
): Promise<string | null> {
  for (const { address } of people) {
    if (address.channel !== 'wechat-kf') continue
    const [rows = []] = await db.read([
      {
        sql: "SELECT status, doubted_at FROM outbox WHERE channel = 'wechat-kf' AND external_id = ?",
        args: [address.id],
      },
    ])
    const others = rows.filter(([status, doubted]) => status !== 'sent' || doubted !== null)
    if (others.length > 0) return `${address.id}: ${others.length} rows are not simply sent`
    const arrived = kf.person(address.id).seen.length
    if (arrived !== rows.length) return `${address.id}: ${rows.length} sent, ${arrived} arrived`
  }
  return null
}
