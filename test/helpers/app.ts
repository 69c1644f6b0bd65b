import { openFile } from '../../db/client.node.ts'
import type { Database } from '../../db/database.ts'
import { currentRevision } from '../../db/packs.ts'
import type { Channel } from '../../flows/engine/types.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { createDeps, prepare } from '../../src/create-deps.ts'
import type { Deps } from '../../src/deps.ts'
import { atOnce } from '../../src/in-turn.ts'
import { createLog } from '../../src/log.ts'

export type TestWorld = {
  deps: Deps
  db: Database
  /** Every line that was logged. */
  logged: string[]
  /** Moves the clock. */
  tick: (seconds: number) => void
  close: () => Promise<void>
}

/** The whole application on real SQL in memory, with a clock and ids that a test can tell beforehand. */
export async function createWorld(
  channels: readonly Channel[],
  options: { db?: Database; start?: string } = {},
): Promise<TestWorld> {
  const db = options.db ?? openFile(':memory:')
  const logged: string[] = []
  let time = Date.parse(options.start ?? '2018-06-01T02:00:00.000Z')
  let ids = 0
  const now = () => new Date(time).toISOString()
  const deps = createDeps({
    db,
    channels,
    programme: 'guiyang-2018',
    sessionSecret: 'a secret for tests only, 32 characters',
    translate: createTranslate(),
    log: createLog((line) => logged.push(line), now),
    now,
    newId: () => `id${String(++ids).padStart(6, '0')}`,
    random: () => 0.5,
    inTurn: atOnce,
    wake: () => {},
  })
  await prepare(deps)
  const revision = await currentRevision(db, 'guiyang-2018')
  if (revision !== null) await deps.policies.at(revision)
  return {
    deps,
    db,
    logged,
    tick: (seconds) => {
      time += seconds * 1000
    },
    close: () => db.close(),
  }
}
