import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from '../../../db/core/client.node.ts'
import type { Database } from '../../../db/core/database.ts'
import type { Channel, Reply } from '../../../flows/engine/channel.ts'
import type { InboundEvent } from '../../../flows/engine/types.ts'
import { answerInTime } from '../../../src/channels/answer-in-time.ts'
import { atOnce, createKeyedMutex } from '../../../src/kernel/commit/keyed-mutex.ts'
import type { Deps } from '../../../src/kernel/deps.ts'
import { createWorld } from '../../helpers/app.ts'
import { createFakeChannel } from '../../helpers/channels/fake-channel.ts'

/** What each call to a database waits for before it is let through. */
type Gate = (what: string) => Promise<unknown>

/** One running application. */
type Instance = {
  /** Takes an event's turn and gives the reply; null where the response had to leave without it. */
  take: (event: InboundEvent, inTurn: boolean) => Promise<Reply | null>
  /** Resolves when nothing goes on behind responses any more. */
  settled: () => Promise<void>
}

/** Two applications on one database, and a third, alone with its own, that shows how it should be. */
export type RaceWorld = {
  db: Database
  instances: readonly [Instance, Instance]
  model: Instance & { db: Database }
  /** Both instances wait for it from now on; null: for nothing. */
  gateBy: (gate: Gate | null) => void
  close: () => Promise<void>
}

/** How long the network that hangs up waits; the race says when that is over. */
export const PATIENCE_SECONDS = 4.5

const channels: readonly Channel[] = [
  createFakeChannel(),
  { ...createFakeChannel({ answerWithinSeconds: PATIENCE_SECONDS }), type: 'wechat-mp' },
  { ...createFakeChannel({ repliesInResponse: 10, controls: true }), type: 'web' },
  { ...createFakeChannel({ repliesInResponse: 0 }), type: 'wechat-kf' },
]

/** Opens all three. Nothing is killed here, so nothing depends on the disk. */
export async function createRaceWorld(): Promise<RaceWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-prove-race-'))
  let gate: Gate | null = null
  const open = async (name: string, path: string) => {
    const db = openFile(path)
    const wait = (what: string) => gate?.(`${name} ${what}`)
    return { db, instance: await compose(name, gated(db, wait)), close: () => db.close() }
  }
  const file = join(folder, 'race.db')
  const first = await open('A', file)
  const second = await open('B', file)
  const { model, closeModel } = await createModel()
  return {
    db: first.db,
    instances: [first.instance, second.instance],
    model,
    gateBy: (next) => {
      gate = next
    },
    close: async () => {
      for (const { close } of [first, second]) await close()
      await closeModel()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An application alone with a database in memory: what it says is how it should be. */
export async function createModel(): Promise<
  Pick<RaceWorld, 'model'> & { closeModel: () => Promise<void> }
> {
  const db = openFile(':memory:')
  const model = { ...(await compose('M', db)), db }
  return { model, closeModel: async () => db.close() }
}

/** An application whose ids no other one gives out. */
async function compose(name: string, db: Database): Promise<Instance> {
  const { deps } = await createWorld(channels, { db })
  let ids = 0
  return createInstance({ ...deps, newId: () => `${name}${String(++ids).padStart(8, '0')}` })
}

function createInstance(world: Deps): Instance {
  const behind = new Set<Promise<unknown>>()
  const background = (task: Promise<unknown>) => {
    behind.add(task)
    task.finally(() => behind.delete(task)).catch(() => {})
  }
  const deps = { ...world, background }
  const [apart, together] = [
    { ...deps, inTurn: createKeyedMutex() },
    { ...deps, inTurn: atOnce },
  ]
  return {
    take: async (event, inTurn) => {
      const channel = deps.channels.get(event.from.channel)
      if (channel === undefined) throw new Error('no such channel')
      const [reply = null] = await answerInTime(inTurn ? apart : together, channel, [event])
      return reply
    },
    settled: async () => {
      while (behind.size > 0) await Promise.all(behind)
    },
  }
}

function gated(db: Database, wait: (what: string) => unknown): Database {
  return {
    ...db,
    read: async (statements) => {
      await wait('reads')
      return db.read(statements)
    },
    write: async (statements) => {
      await wait('writes')
      return db.write(statements)
    },
  }
}
