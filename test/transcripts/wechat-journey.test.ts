import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWechatChannel } from '../../bots/wechat/channel.ts'
import { type Gateway, startGateway } from '../../bots/wechat/gateway.node.ts'
import { createGuard } from '../../bots/wechat/signature.ts'
import { spendNonce } from '../../db/channels/gateway.ts'
import { openEntry } from '../../db/conversation/stored-sessions.ts'
import { createApp } from '../../src/app.ts'
import { moveCaseNow } from '../../src/cases/move-case.ts'
import { createKeyedMutex } from '../../src/kernel/commit/keyed-mutex.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { GATEWAY_SECRET } from '../fakes/wechat-app.ts'
import { type FakeWechatKf, startFakeWechatKf } from '../fakes/wechat-kf.ts'
import { type FakeWechatMp, startFakeWechatMp } from '../fakes/wechat-mp.ts'
import { createWechatNetwork } from '../fakes/wechat-network.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { numberIn } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'
import { createTestKf } from '../helpers/channels/wechat-kf.ts'
import { createTestMp, openDatabase } from '../helpers/channels/wechat-mp.ts'
import { fileOf } from '../helpers/files.ts'

const CHANNELS = ['wechat', 'wechat-mp', 'wechat-kf'] as const
type ChannelName = (typeof CHANNELS)[number]
/** What a person sees and does on one of the channels. */
type Phone = { say: (text: string) => void; photo: (name: string) => void; seen: () => string[] }

let world: TestWorld
let fake: FakeWechatMp
let kf: FakeWechatKf
let gateway: Gateway
let folder: string
let phones: Record<ChannelName, Phone>
let close: () => Promise<void>
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weiqitong-wechat-'))
  const db = await openDatabase()
  let now = () => ''
  const clock = () => now()
  fake = await startFakeWechatMp({ now: () => Date.parse(clock()) })
  const guard = createGuard({
    secret: GATEWAY_SECRET,
    now: clock,
    spend: (nonce) => spendNonce(db, nonce, clock()),
  })
  kf = await startFakeWechatKf({ now: () => Date.parse(clock()) })
  const { channel: account } = await createTestMp(fake, { now: clock, db })
  const { channel: service } = await createTestKf(kf, { now: clock, db })
  now = () => '2018-06-01T02:00:00.000Z'
  // Both routes may take personal data here, as the office's settings may say.
  world = await createWorld([createWechatChannel({ guard }), account, service], { db })
  world.deps.gateway = guard
  now = world.deps.now
  const server = serve({ fetch: createApp(world.deps).fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  fake.webhook = `${url}/webhooks/wechat-mp`
  kf.webhook = `${url}/webhooks/wechat-kf`
  const network = createWechatNetwork()
  gateway = await startGateway({
    appUrl: url,
    secret: GATEWAY_SECRET,
    puppet: network.puppet,
    folder,
    dailyCap: 1000,
    pace: { least: 1, perCharacter: 0, most: 1 },
    marks: false,
    createQueue: createKeyedMutex,
    now: clock,
    random: Math.random,
    onState: () => {},
  })
  network.login()
  await vi.waitUntil(() => gateway.state().phase === 'logged-in', { timeout: 15_000 })
  phones = {
    wechat: wechatPhone(network),
    'wechat-mp': accountPhone(),
    'wechat-kf': servicePhone(),
  }
  close = async () => {
    await gateway.stop()
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await fake.close()
    await kf.close()
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
afterEach(() => close())

function wechatPhone(network: ReturnType<typeof createWechatNetwork>): Phone {
  const person = network.person('wxid_wang')
  return {
    say: person.say,
    photo: (name) => person.sendFile(name, fileOf('jpeg', name)),
    seen: () => person.seen.map((one) => ('text' in one ? one.text : `[${one.name}]`)),
  }
}

function accountPhone(): Phone {
  const person = fake.person('o-wang-000000000000000000000')
  return {
    say: (text) => void person.type(text),
    photo: (name) => {
      fake.keepMedia(name, { bytes: fileOf('jpeg', name), mime: 'image/jpeg' })
      void person.send({ MsgType: 'image', PicUrl: 'http://x', MediaId: name })
    },
    seen: () => person.texts(),
  }
}

/** A button is tapped where there is one that says so. */
function servicePhone(): Phone {
  const person = kf.person('wmWang')
  const buttons = () => person.seen.at(-1)?.buttons ?? []
  return {
    say: (text) =>
      void (buttons().some(({ content }) => content === text)
        ? person.tap(text)
        : person.type(text)),
    photo: (name) => {
      kf.keepMedia(name, { bytes: fileOf('jpeg', name), mime: 'image/jpeg' })
      void person.send({ msgtype: 'image', image: { media_id: name } })
    },
    seen: () =>
      person.seen.map((one) =>
        [one.text, ...one.buttons.map(({ content }) => `[${content}]`)].join('\n'),
      ),
  }
}

/** How many messages have been said on a channel so far, turns and notices, but for what is only noted. */
async function saidOn(channel: string): Promise<{ turn: number; messages: number }> {
  const { db, vault } = world.deps
  const [rows = []] = await db.read([
    {
      sql: `SELECT t.session_id, t.event_id, t.body, t.turn FROM turns t
        JOIN sessions s ON s.id = t.session_id
        WHERE s.channel = ? AND t.turn IS NOT NULL AND substr(t.event_id, 1, 7) <> 'forgot:' ORDER BY t.id`,
      args: [channel],
    },
  ])
  let messages = 0
  for (const [session, event, body] of rows) {
    messages += (await openEntry(vault, String(session), String(event), body)).said.length
  }
  return { turn: rows.length, messages }
}

/** Lines of a stored journey: who speaks, or what happens besides. */
type Line = { kind: '#' | '>'; text: string; answered: string }
function parse(text: string): Line[] {
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('# ') || line.startsWith('> ')) {
      lines.push({ kind: line[0] as '#' | '>', text: line.slice(2), answered: '' })
    } else if (line.startsWith('<')) {
      const last = lines.at(-1)
      if (last !== undefined) last.answered += `${last.answered === '' ? '' : '\n'}${line.slice(2)}`
    }
  }
  return lines
}
function print(lines: readonly Line[]): string {
  const answer = ({ answered }: Line) =>
    answered === '' ? [] : answered.split('\n').map((line) => `< ${line}`.trimEnd())
  return `${lines.map((line) => [`${line.kind} ${line.text}`, ...answer(line)].join('\n')).join('\n\n')}\n`
}

/**
 * The whole way from the first question to the returned papers handed in again, with a change of the
 * chat by a code in the middle of the form and once more before the end. `# on:` says which chat, `# linked: 2` that
 * so many notices of the joining come, `# staff return` is a move of the office, `[code]` the code that was shown.
 */
describe.each(CHANNELS)('the journey that begins on %s', (begins) => {
  it.each(['zh-Hans', 'en'])(
    'in %s',
    async (locale) => {
      const path = `test/transcripts/${begins}.${locale}.txt`
      const stored = parse(readFileSync(path, 'utf8'))
      const now: Line[] = []
      const expected: Record<string, number> = {}
      let on: ChannelName = begins
      let code = ''
      let number = ''
      for (const line of stored) {
        world.tick(5)
        const phone = phones[on]
        let answered = ''
        const hear = async (more: number) => {
          const before = expected[on] ?? 0
          expected[on] = before + more
          await vi.waitUntil(() => phone.seen().length >= before + more, { timeout: 10_000 })
          return phone.seen().slice(before).join('\n')
        }
        if (line.kind === '#') {
          const [what, name] = line.text.split(': ')
          if (what === 'on') on = CHANNELS.find((one) => one === name) ?? on
          if (what === 'staff return') {
            await staffReturn(number)
            answered = await hear(1)
          }
          if (what === 'linked') answered = await hear(Number(name ?? 1))
        } else {
          const before = await saidOn(on)
          const text = line.text.replace('[code]', code)
          if (text === '[photo]') phone.photo('identity')
          else phone.say(text)
          let said = before
          await vi.waitUntil(async () => {
            said = await saidOn(on)
            return said.turn > before.turn
          }, 10_000)
          const more = said.messages - before.messages
          await dispatchAfterResponse(
            () => on === 'wechat-kf' || more === 0 || phone.seen().length > (expected[on] ?? 0),
          )
          answered = await hear(more)
          code = /(\d{3}) (\d{3})/.exec(answered)?.slice(1).join('') ?? code
          number = numberIn(answered) ?? number
        }
        now.push({ ...line, answered: plain(answered, code) })
      }
      if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(path, print(now))
      for (const [index, line] of stored.entries()) expect(now[index], line.text).toEqual(line)
      const { db } = world
      expect(await db.read([{ sql: 'SELECT count(*) FROM contacts', args: [] }])).toEqual([[[1]]])
      expect(now.at(-1)?.answered).toContain(number)
      for (const name of CHANNELS) expect(phones[name].seen()).toHaveLength(expected[name] ?? 0)
    },
    90_000,
  )
})

/** A response that this machine is too slow for leaves its words to the outbox: nothing is heard until then. */
async function dispatchAfterResponse(arrived: () => boolean): Promise<void> {
  await vi.waitUntil(arrived, { timeout: 5000 }).catch(() => {})
  world.tick(1)
  await dispatchOutbox(world.deps, async () => {})
}

async function staffReturn(number: string): Promise<void> {
  const moved = await moveCaseNow(
    { ...world.deps, pack },
    {
      number,
      move: 'return',
      reasons: ['unreadable'],
      note: null,
      actor: { role: 'district-reviewer', name: '李丽' },
      missing: [
        { kind: 'field', id: 'mobile' },
        { kind: 'document', id: 'identity-card' },
      ],
    },
  )
  if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
  await dispatchOutbox(world.deps, async () => {})
}

/** Without what differs from one time to the next. */
function plain(answer: string, code: string): string {
  const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
  return (code === '' ? answer : answer.replaceAll(spaced, '[code]'))
    .replace(/#go=[\w-]+/g, '#go=[token]')
    .replace(/d-[0-9a-f]{16}/g, 'd-[result]')
}
