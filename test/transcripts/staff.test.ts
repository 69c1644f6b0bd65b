import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, expect, it } from 'vitest'
import { loadReach } from '../../db/campaigns/figures.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { Input } from '../../flows/engine/types.ts'
import { runCampaigns } from '../../src/campaigns/run-campaigns.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { seedPeople } from '../helpers/campaigns.ts'
import { prepareCases, submit } from '../helpers/cases.ts'
import { createFakeChannel, type FakeChannel } from '../helpers/channels/fake-channel.ts'
import { codeOf, digitsNow, hire } from '../helpers/staff-chat.ts'

/** Who speaks in the transcripts, by their chat on Telegram. */
const CHATS: Readonly<Record<string, string>> = {
  wang: 'chat-wang',
  zhao: 'chat-zhao',
  villager: '7',
  reader: '8',
}

let world: TestWorld
afterEach(() => world.close())

type Line = { who: string; said: string; answered: string }

/** `wang> words`, then `< what is answered`; `@ send` is the clock: who then reads what. */
function parse(text: string): Line[] {
  const lines: Line[] = []
  for (const line of text.split('\n')) {
    const [, who = '', said = ''] = /^(?:(\w+)>|@) (.+)$/.exec(line) ?? []
    const last = lines.at(-1)
    if (said !== '') lines.push({ who, said, answered: '' })
    else if (line.startsWith('<') && last !== undefined) {
      last.answered += `${last.answered === '' ? '' : '\n'}${line.slice(2)}`
    }
  }
  return lines
}

function print(head: string, lines: readonly Line[]): string {
  const parts = lines.map(({ who, said, answered }) =>
    [
      who === '' ? `@ ${said}` : `${who}> ${said}`,
      ...answered.split('\n').map((line) => `< ${line}`.trimEnd()),
    ].join('\n'),
  )
  return `${head}\n${parts.join('\n\n')}\n`
}

async function play(file: string, network: FakeChannel, holes: Record<string, string>) {
  const path = `test/transcripts/${file}`
  const text = readFileSync(path, 'utf8')
  const lines = parse(text)
  expect(lines.length).toBeGreaterThan(5)
  const channel = { ...network, limits: { ...network.limits, repliesInResponse: 10 } }
  const now: Line[] = []
  for (const { who, said } of lines) {
    const answer = who === '' ? await send(network) : await say(who, said)
    now.push({ who, said, answered: answer.replace(/id\d{6}/g, 'ID') })
  }
  async function say(who: string, said: string) {
    const words =
      said === '{digits}'
        ? digitsNow(world, who)
        : said
            .replace('{code}', said.includes('{code}') ? await codeOf(world, who) : '')
            .replace('{number}', holes.number ?? '')
    const shown = network.sent.findLast(({ to }) => to.id === CHATS[who])?.body.quickReplies
    const button = shown?.find(({ label }) => label === words)
    const input: Input | string =
      button === undefined ? words : { type: 'choice', value: button.value }
    const reply = await handleEvent(world.deps, channel, {
      id: `event:${now.length}`,
      from: { channel: 'telegram', id: CHATS[who] ?? '' },
      at: world.deps.now(),
      input: typeof input === 'string' ? { type: 'text', text: input } : input,
    })
    return (reply?.messages ?? []).map(shownAs).join('\n')
  }
  if (process.env.UPDATE_TRANSCRIPTS === '1') {
    writeFileSync(path, print(text.split('\n')[0] ?? '', now))
  }
  for (const [index, line] of lines.entries()) expect(now[index], line.said).toEqual(line)
}

/** A message as it is seen: words, and buttons below. */
function shownAs({ text, quickReplies }: RenderedMessage): string {
  const buttons = quickReplies.map(({ label }) => `[${label}]`).join(' ')
  return buttons === '' ? text : `${text}\n${buttons}`
}

/** What the clock does; resolves to what those of the transcript then read. */
async function send(network: FakeChannel): Promise<string> {
  network.sent.length = 0
  for (let round = 0; round < 50; round++) {
    const busy = await runCampaigns(world.deps)
    const sent = await dispatchOutbox(world.deps, async (ms) => world.tick(ms / 1000))
    if (!busy && sent === 0) break
  }
  const names = Object.entries(CHATS)
  return network.sent
    .flatMap(({ to, body }) => {
      const who = names.find(([, id]) => id === to.id)?.[0]
      return who === undefined ? [] : [`${who}: ${shownAs(body)}`]
    })
    .sort()
    .join('\n')
}

it.each(['zh-Hans', 'en'])(
  'a broadcast is planned, approved, read and opted out of: %s',
  async (locale) => {
    const network = createFakeChannel()
    world = await createWorld([network])
    await prepareCases(world.db)
    await seedPeople(world.deps, 210)
    await hire(world, 'wang', 'publicity', { name: '王芳' })
    await hire(world, 'zhao', 'publicity', { name: '赵磊' })
    await play(`staff-broadcast.${locale}.txt`, network, {})
    const { db, vault, now } = world.deps
    const everybody = Segment.parse({})
    const reach = await loadReach(db, vault, everybody, { district: null }, ['telegram'], now())
    expect(reach.optedOut).toBe(1)
  },
)

it.each(['zh-Hans', 'en'])(
  'a reviewer returns an application and the applicant is told: %s',
  async (locale) => {
    const network = createFakeChannel()
    world = await createWorld([network])
    const revision = await prepareCases(world.db)
    const contactId = locale === 'en' ? 'li' : 'zhang'
    const { number } = await submit(world.db, revision, 1, { contactId })
    await hire(world, 'wang', 'district-reviewer', { district: 'nanming', name: '王芳' })
    await play(`staff-return.${locale}.txt`, network, { number })
  },
)
