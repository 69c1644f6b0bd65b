import { createSqlBlobs } from '../../db/core/blobs-sql.ts'
import { nodeCipher } from '../../db/core/cipher.node.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import { createVault } from '../../db/core/vault.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { Channel } from '../../flows/engine/channel.ts'
import { createTranslate } from '../../locales/i18n.ts'
import { createDeps } from '../../src/create-deps.ts'
import { atOnce } from '../../src/kernel/commit/keyed-mutex.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { createLog } from '../../src/kernel/log.ts'
import { createPolicyCache, type Policy, type PolicyCache } from '../../src/kernel/policy.ts'
import { prepare } from '../../src/kernel/prepare.ts'
import { openTemplate } from '../template.ts'

/** A vault with keys of zeros, the same in every test. */
export const testVault = createVault(
  { dataKeys: [{ id: 'k1', bytes: new Uint8Array(32) }], indexKey: new Uint8Array(32) },
  nodeCipher,
)

const ZEROS = `${'A'.repeat(43)}=`
/** The same keys as settings. */
export const KEY_SETTINGS = { DATA_KEYS: `k1:${ZEROS}`, INDEX_KEY: ZEROS }

export type TestWorld = {
  deps: Deps
  db: Database
  /** Every line that was logged. */
  logged: string[]
  /** What goes on after a response. */
  background: Promise<unknown>[]
  /** Moves the clock. */
  tick: (seconds: number) => void
  close: () => Promise<void>
}

/** A revision names its content, so that its index is built once however many worlds have it. */
const built = new Map<string, Promise<Policy>>()

export function createSharedShelf(db: Database): PolicyCache {
  return createPolicyCache(db, (revision, build) => {
    const policy = built.get(revision) ?? build()
    built.set(revision, policy)
    // A published edit is a revision of its own: the oldest goes, as it does in the product.
    const [oldest] = built.keys()
    if (built.size > 3 && oldest !== undefined) built.delete(oldest)
    policy.catch(() => built.delete(revision))
    return policy
  })
}

/** The whole application on real SQL in memory, with a clock and ids that a test can tell beforehand. */
export async function createWorld(
  channels: readonly Channel[],
  options: {
    db?: Database
    start?: string
    personalData?: Deps['personalData']
    programme?: string
    forgotElsewhere?: () => void
  } = {},
): Promise<TestWorld> {
  const programme = options.programme ?? 'guiyang-2018'
  const template = options.db === undefined ? openTemplate(programme) : null
  const db = options.db ?? template ?? openFile(':memory:')
  const logged: string[] = []
  const background: Promise<unknown>[] = []
  let time = Date.parse(options.start ?? '2018-06-01T02:00:00.000Z')
  let ids = 0
  const now = () => new Date(time).toISOString()
  const deps = createDeps({
    db,
    vault: testVault,
    blobs: createSqlBlobs(db),
    personalData: options.personalData ?? (() => true),
    webUrl: () => 'https://chat.test',
    channels,
    programme,
    policies: createSharedShelf(db),
    sessionSecret: 'a secret for tests only, 32 characters',
    translate: createTranslate(),
    log: createLog((line) => logged.push(line), now),
    now,
    newId: () => `id${String(++ids).padStart(6, '0')}`,
    random: () => 0.5,
    inTurn: atOnce,
    background: (task) => void background.push(task),
    wake: () => {},
    ...(options.forgotElsewhere === undefined ? {} : { forgotElsewhere: options.forgotElsewhere }),
  })
  if (template === null) await prepare(deps)
  const revision = await currentRevision(db, deps.programme)
  if (revision !== null) await deps.policies.load(revision)
  return {
    deps,
    db,
    logged,
    background,
    tick: (seconds) => {
      time += seconds * 1000
    },
    close: () => db.close(),
  }
}
