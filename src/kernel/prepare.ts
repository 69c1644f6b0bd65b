import { migrate } from '../../db/core/migrate.ts'
import { packs } from '../../db/policy/index.ts'
import { savePack } from './commit/save-pack.ts'
import type { Deps } from './deps.ts'

/**
 * Brings the database up to date: schema, and the programme's pack. Throws for an unknown programme. Every
 * Node process and every command does it; a Worker, which would carry all packs along, only asks whether it
 * was done (src/worker.ts).
 */
export async function prepare(deps: Pick<Deps, 'db' | 'programme' | 'now'>): Promise<void> {
  const pack = packs[deps.programme]
  if (pack === undefined) {
    throw new Error(`PROGRAMME: there is no policy pack ${deps.programme}`)
  }
  await migrate(deps.db, deps.now())
  await savePack(deps.db, pack(), deps.now())
}
