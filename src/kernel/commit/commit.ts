import type { Constraint } from '../../../db/core/constraints.ts'
import { ConstraintError, type Database, type Statement } from '../../../db/core/database.ts'
import { createPause } from '../../../db/core/pause.ts'
import { type AuditDraft, writeAudited } from '../../../db/staff/audit.ts'
import { createKeyedMutex, type Serialise } from './keyed-mutex.ts'

/** Statements of one batch; or what writes them, where more hangs on its being done. */
type Write = readonly Statement[] | (() => Promise<unknown>)

/** What one look found: that nothing is to be written (refused, or made before under this request key), or what is. */
export type Plan<Result> = { made: Result } | PlannedWrite<Result>

/** What is to be written, and what comes of it. */
export type PlannedWrite<Result> = { result: Result; write: Write; audit?: readonly AuditDraft[] }

export type Commit<Result> = {
  /** Reads how things are and says what follows; done anew wherever somebody was faster. */
  plan: () => Promise<Plan<Result>>
  /**
   * Conditions of the schema by which somebody was faster: whoever is named here makes us look again. `any`: a turn,
   * which brings what any area writes; what is true by then is said by the next look.
   */
  races?: readonly Constraint[] | 'any'
  /** What any other condition means to who asked; null: it is our own bug, and thrown. */
  means?: (broken: readonly Constraint[]) => Result | null | Promise<Result | null>
  /** Those who want the same thing in one process wait for each other, instead of losing to each other. */
  queue?: string
}

/** Another process may be first; each try reads anew. */
const TRIES = 50

/**
 * The one way to write what hangs on how things are: read, plan, write in one batch with its audit entries, and look again
 * where another process was first. Rejects with the `ConstraintError` of a condition that nobody gave a meaning.
 */
export async function commit<Result>(db: Database, job: Commit<Result>): Promise<Result> {
  const { queue } = job
  return queue === undefined ? tryAll(db, job) : queueOf(db)(queue, () => tryAll(db, job))
}

/**
 * Writes what was decided already, once: there is nothing to look at again. `means`: what a condition that says no
 * means to who asked, by its name or as `commit` has it; any other rejects.
 */
export function commitOnce<Result>(
  db: Database,
  {
    means,
    ...planned
  }: PlannedWrite<Result> & {
    means: Readonly<Partial<Record<Constraint, Result>>> | (() => Result)
  },
): Promise<Result> {
  return commit<Result>(db, {
    plan: async () => planned,
    means: ([broken]) =>
      typeof means === 'function'
        ? means()
        : ((broken === undefined ? undefined : means[broken]) ?? null),
  })
}

async function tryAll<Result>(
  db: Database,
  { plan, races = [], means }: Commit<Result>,
): Promise<Result> {
  const pause = createPause()
  for (let tries = 1; ; tries++) {
    const planned = await plan()
    if ('made' in planned) return planned.made
    const { result, write, audit = [] } = planned
    try {
      if (typeof write === 'function') await write()
      else await (audit.length === 0 ? db.write(write) : writeAudited(db, audit, write))
      return result
    } catch (error) {
      if (!(error instanceof ConstraintError)) throw error
      const isLost = error.columns.some((name) => races === 'any' || races.includes(name))
      if (!isLost || tries === TRIES) {
        const meant = (await means?.(error.columns)) ?? null
        if (meant === null) throw error
        return meant
      }
      await pause()
    }
  }
}

const queues = new WeakMap<Database, Serialise>()

function queueOf(db: Database): Serialise {
  const known = queues.get(db) ?? createKeyedMutex()
  queues.set(db, known)
  return known
}
