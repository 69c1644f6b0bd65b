import type { Vault } from '../../../db/core/vault.ts'
import type { Address } from '../../../flows/engine/types.ts'
import type { Serialise } from '../../kernel/commit/keyed-mutex.ts'
import type { News } from '../../kernel/commit/news.ts'
import type { Log } from '../../kernel/log.ts'

/** The Durable Objects of `PersonQueue`, as a Worker is bound to them. */
export type PersonQueues = {
  idFromName: (name: string) => object
  get: (id: object) => {
    take: (turn: () => Promise<void>) => Promise<void>
    tell: () => Promise<void>
    fetch: (request: Request) => Promise<Response>
  }
}

/** Where nobody can be woken by another's request, one looks again. */
export const sleepInstead: News['wait'] = (_, milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** One person's turns one after the other, on however many Workers; and the way to their open pages. */
export type PeopleInOrder = {
  inTurn: Serialise
  news: News
  /** Answers a page that connects by WebSocket. */
  connect: (from: Address, request: Request) => Promise<Response>
}

/**
 * The turns of a key follow each other over all Workers that are bound to these queues. The turn itself is taken by the
 * Worker that has the message; where the queue is away it is taken at once, and the schema's keys decide. An object is
 * named by an index of the address, since names are shown to whoever runs it.
 */
export function createPeopleInOrder(
  queues: PersonQueues,
  world: { vault: Vault; log: Log; background: (task: Promise<unknown>) => void },
): PeopleInOrder {
  const queueOf = async (key: string) =>
    queues.get(queues.idFromName(await world.vault.index('person-queue', key)))
  const keyOf = ({ channel, id }: Address) => `${channel}:${id}`
  /** Turns that are taken here; their queues tell the pages as they end. */
  const taking = new Set<string>()

  return {
    async inTurn<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
      let taken: Promise<Result> | undefined
      const take = () => {
        taken ??= task()
        return taken
      }
      try {
        taking.add(key)
        const queue = await queueOf(key)
        // What the turn came to is for us alone: the queue waits for its end.
        await queue.take(async () => void (await take().catch(() => {})))
      } catch (error) {
        world.log.error('person-queue-failed', error)
      } finally {
        taking.delete(key)
      }
      return take()
    },
    news: {
      tell: (of) => {
        const key = keyOf(of)
        if (of.channel !== 'web' || taking.has(key)) return
        world.background(queueOf(key).then((queue) => queue.tell()))
      },
      wait: sleepInstead,
    },
    connect: async (from, request) => (await queueOf(keyOf(from))).fetch(request),
  }
}
