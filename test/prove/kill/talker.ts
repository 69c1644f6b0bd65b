import type { Address } from '../../../flows/engine/types.ts'
import type { Violation } from '../figures.ts'
import type { Random } from '../random.ts'
import { type Answer, type Client, ENDED, type Sent } from './client.ts'

/** What somebody says who names a file that they uploaded before: this, and its id. */
export const FILE = 'file:'

/** How a network delivers what somebody said; the same `id` is the same event. */
export type Wire = {
  /** As the database knows the event. */
  eventId: (id: string) => string
  /** The request of one try. */
  sign: (id: string, text: string) => Sent | Promise<Sent>
  /** What must be the same whenever this event is delivered. */
  read: (answer: Answer) => string
  newId: () => string
}

/** Something said that the server has acknowledged. */
export type Said = {
  eventId: string
  text: string
  reply: string
  life: number
  wire: () => Wire
  id: string
}

/** Somebody on a network: what they said and heard, and the last thing nobody acknowledged. */
export type Talker = {
  address: Address
  /** The token of a conversation on the web; empty elsewhere. */
  token: string
  said: Said[]
  pending: { eventId: string; text: string } | null
  /** Says it until it is acknowledged, sometimes twice at once; the reply as the network carries it. */
  say: (text: string) => Promise<string>
}

/** What all talkers share. */
export type Crowd = {
  client: Client
  random: Random
  life: () => number
  violations: Violation[]
  talkers: Talker[]
  counts: { acknowledged: number; twice: number }
}

/** How often a network delivers an event twice at once. */
const TWICE = 0.04

/** Brings somebody of a network into the crowd. */
export function createTalker(crowd: Crowd, address: Address, wire: () => Wire, token = ''): Talker {
  const talker: Talker = {
    address,
    token,
    said: [],
    pending: null,
    async say(text) {
      const { newId, eventId } = wire()
      const id = newId()
      talker.pending = { eventId: eventId(id), text }
      const sign = () => wire().sign(id, text)
      const copies = [crowd.client.deliver(sign)]
      if (crowd.random.chance(TWICE)) copies.push(crowd.client.deliver(sign))
      const settled = await Promise.allSettled(copies)
      const replies = settled.flatMap((one) =>
        one.status === 'fulfilled' ? [wire().read(one.value)] : [],
      )
      const [reply] = replies
      if (reply === undefined) throw ENDED
      if (replies.length > 1) crowd.counts.twice++
      if (new Set(replies).size > 1) {
        crowd.violations.push({
          name: 'replies-differ',
          detail: `${eventId(id)} was delivered twice at once and got two replies`,
        })
      }
      talker.said.push({ eventId: eventId(id), text, reply, life: crowd.life(), wire, id })
      talker.pending = null
      crowd.counts.acknowledged++
      return reply
    },
  }
  crowd.talkers.push(talker)
  return talker
}

/** Delivers once more what was acknowledged: the reply must be the same. Null where the server died. */
export async function replay(crowd: Crowd, said: Said): Promise<boolean | null> {
  const wire = said.wire()
  const answer = await crowd.client.once(await wire.sign(said.id, said.text))
  if (answer === null || answer.status === 429) return null
  if (answer.status === 200 && wire.read(answer) === said.reply) return true
  crowd.violations.push({
    name: 'replay-differs',
    detail: `${said.eventId}: ${answer.status}, another reply than the one of life ${said.life}`,
  })
  return false
}
