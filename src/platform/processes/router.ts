import type { Reply } from '../../../flows/engine/channel.ts'
import type { InboundEvent } from '../../../flows/engine/types.ts'
import type { News } from '../../kernel/commit/news.ts'
import type { Ride } from '../../kernel/deps.ts'
import { type Note, ownerOf } from './note.ts'

/** What is written within so long is told of once. */
const WRITTEN_MILLISECONDS = 1000

/** A turn that another process takes. */
type Away = { to: number; ride: Ride | undefined; settle: (answer: Answer) => void }
type Answer = { kind: 'taken'; reply: Reply | null } | { kind: 'failed' } | { kind: 'left' }
type Take = (event: InboundEvent, ride?: Ride) => Promise<Reply | null>

/** One process among several, as the rest of the application knows it. */
export type Router = {
  /** The turn of an event whose person belongs to another process; null where it is ours. */
  takeElsewhere: (event: InboundEvent, ride?: Ride) => Promise<Reply | null> | null
  /** Wakes the dispatcher, wherever it runs. */
  wake: () => void
  /** Lets it be looked at soon whether what was written made work. */
  written: () => void
  /** Tells of something new in a conversation, whichever process has its pages. */
  tell: News['tell']
  /** Lets the others drop what they have in memory of conversations. */
  forgot: () => void
  /** A note from another process. */
  hear: (note: Note) => void
}

/**
 * Sends each person's events to one process, by a hash of channel and address, so that they keep their order and no two
 * processes contend for one conversation. Where that process is gone, the turn is taken here: its event id is written
 * with it, so that it is taken once. `take` takes a turn here; `index` is ours, of `count`.
 */
export function createRouter(options: {
  index: number
  count: number
  send: (note: Note) => void
  newId: () => string
  take: Take
  wake: () => void
  written: () => void
  tell: News['tell']
  forget: () => void
}): Router {
  const { index, count, send, newId, take } = options
  let isNoted = false
  const away = new Map<string, Away>()
  const claims = new Map<string, { to: number; settle: (rides: boolean) => void }>()

  const ask = async (to: number, event: InboundEvent, ride?: Ride) => {
    const ticket = newId()
    const answer = await new Promise<Answer>((settle) => {
      away.set(ticket, { to, ride, settle })
      send({ kind: 'take', to, from: index, ticket, event, mayRide: ride !== undefined })
    })
    away.delete(ticket)
    if (answer.kind === 'left') return take(event, ride)
    if (answer.kind === 'failed') throw new Error('the process of this person could not take it')
    return answer.reply
  }

  /** The response is open elsewhere: whoever has it says whether the reply may still board. */
  const rideOf = (to: number, ticket: string): Ride => ({
    claim: () =>
      new Promise((settle) => {
        claims.set(ticket, { to, settle })
        send({ kind: 'claim', to, from: index, ticket })
      }),
  })

  const takeFor = async ({ from: to, ticket, event, mayRide }: Note & { kind: 'take' }) => {
    try {
      const reply = await take(event, mayRide ? rideOf(to, ticket) : undefined)
      send({ kind: 'taken', to, from: index, ticket, reply })
    } catch {
      // What went wrong is in the log of this process.
      send({ kind: 'failed', to, from: index, ticket })
    } finally {
      claims.delete(ticket)
    }
  }

  return {
    takeElsewhere(event, ride) {
      const to = ownerOf(`${event.from.channel}:${event.from.id}`, count)
      return to === index ? null : ask(to, event, ride)
    },
    wake() {
      if (index === 0) options.wake()
      else send({ kind: 'wake', to: 0, from: index })
    },
    written() {
      if (index === 0) return options.written()
      if (isNoted) return
      isNoted = true
      setTimeout(() => {
        isNoted = false
        send({ kind: 'written', to: 0, from: index })
      }, WRITTEN_MILLISECONDS).unref()
    },
    tell(of) {
      options.tell(of)
      send({ kind: 'news', from: index, of })
    },
    forgot: () => send({ kind: 'forgot', from: index }),
    hear(note) {
      switch (note.kind) {
        case 'take':
          return void takeFor(note)
        case 'taken':
        case 'failed':
          return away.get(note.ticket)?.settle(note)
        case 'claim': {
          const rides = away.get(note.ticket)?.ride?.claim() ?? false
          return void Promise.resolve(rides).then((answer) =>
            send({
              kind: 'claimed',
              to: note.from,
              from: index,
              ticket: note.ticket,
              rides: answer,
            }),
          )
        }
        case 'claimed':
          return claims.get(note.ticket)?.settle(note.rides)
        case 'wake':
          return options.wake()
        case 'written':
          return options.written()
        case 'news':
          return options.tell(note.of)
        case 'forgot':
          return options.forget()
        case 'left': {
          for (const { to, settle } of away.values()) if (to === note.from) settle(note)
          // Nobody has the response any more: what is said goes by the outbox.
          for (const { to, settle } of claims.values()) if (to === note.from) settle(false)
        }
      }
    },
  }
}
