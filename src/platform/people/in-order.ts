import type { Vault } from '../../../db/core/vault.ts'
import type { Address } from '../../../flows/engine/types.ts'
import type { Serialise } from '../../kernel/commit/keyed-mutex.ts'
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

/** One person's turns one after the other, on however many Workers; and the way to their open pages. */
export type PeopleInOrder = {
  inTurn: Serialise
  /** Tells the pages of an address that there is something new. */
  tell: (to: Address) => Promise<void>
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
  { vault, log }: { vault: Vault; log: Log },
): PeopleInOrder {
  const queueOf = async (key: string) =>
    queues.get(queues.idFromName(await vault.index('person-queue', key)))
  const ofAddress = ({ channel, id }: Address) => queueOf(`${channel}:${id}`)

  return {
    async inTurn<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
      let taken: Promise<Result> | undefined
      const take = () => {
        taken ??= task()
        return taken
      }
      try {
        const queue = await queueOf(key)
        // What the turn came to is for us alone: the queue waits for its end.
        await queue.take(async () => void (await take().catch(() => {})))
      } catch (error) {
        log.error('person-queue-failed', error)
      }
      return take()
    },
    tell: async (to) => (await ofAddress(to)).tell(),
    connect: async (from, request) => (await ofAddress(from)).fetch(request),
  }
}
