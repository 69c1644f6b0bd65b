import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { sizeOf, splitText } from '../../bots/fit.ts'
import type { Channel, RenderedMessage, Reply, SendFailure } from '../../flows/engine/channel.ts'

/** What a channel's own test gives, so that all channels are held to the same promises. */
export type Subject = {
  channel: Channel
  /** A well-formed delivery of a text; the same `id` is the same event. */
  deliver: (id: string, text: string) => Request
  /** The tap on a quick reply of this value, where the network has buttons. */
  choose?: (id: string, value: string) => Request
  /** Deliveries that must be refused as forged, if the network signs. */
  forged: () => Request[]
  /** A delivery with a body that is no message, else as it should be. */
  malformed: (body: BodyInit) => Request
  /** Makes the next send fail so; a kind that the network does not know is left out. */
  failures: Partial<Record<SendFailure, () => void>>
  /** Reads what a person would see from the response of a delivery. */
  seen: (response: Response) => Promise<string>
  /** Words that must never be in a response, a failure or a thrown error. */
  secrets: readonly string[]
  /** Where a send goes in this test. */
  recipient: string
  /** How a message goes out where the network's own side fetches it, else by the channel. */
  send?: Channel['send']
}

const REPLY: Reply = {
  turn: 3,
  messages: [{ text: '每户4.5万元。', quickReplies: [{ value: 'yes~3', label: '好的' }] }],
}

const ONE_REPLY = [{ value: 'a~1', label: '甲' }]

/** One suite that every channel passes: what is promised of a channel, whatever the network. */
export function describeChannel(
  name: string,
  create: () => Promise<Subject & { close?: () => Promise<void> }>,
): void {
  describe(`${name} keeps the channel contract`, () => {
    let subject: Awaited<ReturnType<typeof create>>
    beforeAll(async () => {
      subject = await create()
    })
    afterAll(() => subject.close?.())

    const logged: unknown[] = []
    beforeEach(() => {
      for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
        vi.spyOn(console, level).mockImplementation((...words) => void logged.push(words))
      }
    })
    afterEach(() => {
      vi.restoreAllMocks()
      expect(logged.splice(0), 'a channel writes no log: it returns what happened').toEqual([])
    })

    const receive = async (request: Request) => {
      const received = await subject.channel.receive(request)
      if (received instanceof Response) throw new Error(`refused: ${received.status}`)
      return received
    }

    it('reads a text as one event of its sender', async () => {
      const { events } = await receive(subject.deliver('1', '钱多少'))
      expect(events).toHaveLength(1)
      expect(events[0]).toMatchObject({
        from: { channel: subject.channel.type },
        input: { type: 'text', text: '钱多少' },
      })
      expect(Date.parse(events[0]?.at ?? '')).not.toBeNaN()
    })

    it('gives the same event id to the same delivery and another to another', async () => {
      const ids: (string | undefined)[] = []
      for (const id of ['7', '7', '8']) {
        ids.push((await receive(subject.deliver(id, '好'))).events[0]?.id)
      }
      expect(ids[0]).toBe(ids[1])
      expect(ids[0]).not.toBe(ids[2])
      expect(ids[0]).toMatch(new RegExp(`^${subject.channel.type}:`))
    })

    it('puts the reply into the response, with its quick replies', async () => {
      const { respond } = await receive(subject.deliver('2', '钱多少'))
      const response = await respond([REPLY])
      expect(response.status).toBe(200)
      const seen = await subject.seen(response)
      expect(seen).toContain('每户4.5万元。')
      expect(seen).toContain('好的')
    })

    it('acknowledges where there is nothing to say', async () => {
      const { respond } = await receive(subject.deliver('3', '好'))
      expect((await respond([null])).status).toBe(200)
    })

    it('refuses what is forged', async () => {
      for (const request of subject.forged()) {
        const received = await subject.channel.receive(request)
        expect(received).toBeInstanceOf(Response)
        if (!(received instanceof Response)) continue
        expect([401, 403, 415]).toContain(received.status)
        expectNoSecret(await received.text())
      }
    })

    it.each([
      ['nothing', ''],
      ['no JSON', '{"a":'],
      ['binary', new Uint8Array([0, 255, 254, 128])],
      ['100 kB', JSON.stringify({ id: '1', text: '补'.repeat(50_000) })],
    ])('answers %s with a clean 4xx', async (_, body) => {
      const received = await subject.channel.receive(subject.malformed(body))
      await expectRefused(received)
    })

    // A network that holds all else back until it has our 2xx may be told that it was heard.
    it.each([
      ['a list', '[1,2,3]'],
      ['an empty object', '{}'],
      ['null', 'null'],
      ['a word', '"钱多少"'],
      ['a number', '7'],
      ['deep JSON', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ])('makes nothing of %s', async (_, body) => {
      const received = await subject.channel.receive(subject.malformed(body))
      if (received instanceof Response) return expectRefused(received)
      expect(received.events).toEqual([])
      expect((await received.respond([])).status).toBe(200)
    })

    it('sends, and says which message it was', async () => {
      const result = await send('好的')
      expect(result).toMatchObject({ ok: true })
    })

    it('reports every failure as a value, without a secret or a word of the message', async () => {
      for (const [failure, arrange] of Object.entries(subject.failures)) {
        arrange()
        const result = await send('私下的话')
        expect(result).toMatchObject({ ok: false, failure })
        const told = JSON.stringify(result)
        expect(told).not.toContain('私下的话')
        expectNoSecret(told)
      }
    })

    it('takes a message as long as it may be, with as many quick replies', async () => {
      const { textLength, textUnit, quickReplies } = subject.channel.limits
      const long = '每户补助4.5万元,先到先得。\n'.repeat(Math.ceil((2.5 * textLength) / 17))
      const parts = splitText(long, textLength, textUnit)
      expect(parts.length).toBeGreaterThan(2)
      const replies = Array.from({ length: quickReplies }, (_, index) => ({
        value: `option-number-${index}~zz`,
        label: `选项${index}`,
      }))
      for (const text of parts) {
        expect(sizeOf(text, textUnit)).toBeLessThanOrEqual(textLength)
        expect(await send(text, replies)).toMatchObject({ ok: true })
      }
      const { respond } = await receive(subject.deliver('4', '好'))
      const [text = ''] = parts
      const seen = await subject.seen(
        await respond([{ turn: 4, messages: [{ text, quickReplies: replies }] }]),
      )
      for (const { label } of replies) expect(seen).toContain(label)
    })

    it('gives back the value of a quick reply as it was', async ({ skip }) => {
      const { choose } = subject
      if (choose === undefined) return skip('this network has no buttons')
      for (const value of ['yes~3', '!menu', '!ask:faq-12', '选项~a1']) {
        const { events } = await receive(choose('9', value))
        expect(events.map(({ input }) => input)).toEqual([{ type: 'choice', value }])
      }
    })

    async function expectRefused(received: unknown) {
      expect(received).toBeInstanceOf(Response)
      if (!(received instanceof Response)) return
      expect(received.status).toBeGreaterThanOrEqual(400)
      expect(received.status).toBeLessThan(500)
      const said = await received.text()
      expect(said.length).toBeGreaterThan(0)
      expectNoSecret(said)
    }

    function expectNoSecret(said: string) {
      for (const secret of subject.secrets) expect(said).not.toContain(secret)
    }

    function send(text: string, quickReplies: RenderedMessage['quickReplies'] = ONE_REPLY) {
      const to = { channel: subject.channel.type, id: subject.recipient }
      const row = { to, body: { text, quickReplies } }
      return subject.send?.(row) ?? subject.channel.send(row)
    }
  })
}
