import type {
  Channel,
  ChannelLimits,
  OutboxRow,
  SendResult,
} from '../../../flows/engine/channel.ts'
import type { InboundEvent, Input } from '../../../flows/engine/types.ts'

export type FakeChannel = Channel & {
  sent: Pick<OutboxRow, 'to' | 'body'>[]
  /** What the next sends come to; then all is well again. */
  results: SendResult[]
}

/** A network with one message a response, as Telegram has, that never refuses unless told to. */
export function createFakeChannel(limits: Partial<ChannelLimits> = {}): FakeChannel {
  const sent: FakeChannel['sent'] = []
  const results: SendResult[] = []
  return {
    type: 'telegram',
    limits: {
      textLength: 4096,
      quickReplies: 16,
      ratePerSecond: 1000,
      sessionWindowHours: null,
      repliesInResponse: 1,
      ...limits,
    },
    sent,
    results,
    receive: async () => new Response(null, { status: 501 }),
    send: async (row) => {
      const result = results.shift() ?? { ok: true, externalId: String(sent.length + 1) }
      if (result.ok) sent.push({ to: row.to, body: row.body })
      return result
    },
  }
}

/** An event of a person; give the same `id` to deliver it again. */
export function eventOf(person: string, id: string, input: Input | string): InboundEvent {
  return {
    id: `telegram:${id}`,
    from: { channel: 'telegram', id: person },
    at: '2018-06-01T02:00:00.000Z',
    input: typeof input === 'string' ? { type: 'text', text: input } : input,
  }
}
