import { listLateHandoffs, listWaits } from '../../db/handoffs/handoffs.ts'
import { findHandoff } from '../../db/handoffs/inbox.ts'
import type { Deps } from '../kernel/deps.ts'
import { currentDirectory } from '../kernel/offices/directory.ts'
import { giveBack } from './give-back.ts'
import { tellStaff } from './tell-staff.ts'

const BATCH = 50
/** What others waited is worth telling for so long. */
const WAITS_DAYS = 14
const WAITS = 20

const EVERYWHERE = { district: null }

/**
 * To be called now and then, by any number of processes at once: who has waited too long hears an apology and
 * has the bot back, once, and staff hear of it and of whatever they have not heard yet. Resolves to the number of
 * conversations that this call gave back.
 */
export async function sweepHandoffs(deps: Deps): Promise<number> {
  const now = deps.now()
  let given = 0
  for (const { id, dueAt } of await listLateHandoffs(deps.db, now, BATCH)) {
    const handoff = await findHandoff(deps.db, EVERYWHERE, id)
    if (handoff === null) continue
    try {
      if (await giveBack(deps, handoff, { by: 'time', dueAt })) given += 1
    } catch (error) {
      // One conversation must not keep all others waiting.
      deps.log.error('hand-off-sweep-failed', error, { handoff: id })
    }
  }
  const since = new Date(Date.parse(now) - WAITS_DAYS * 86_400_000).toISOString()
  const { hoursOf } = await currentDirectory(deps)
  deps.desk.noteWaits(await listWaits(deps.db, since, WAITS), hoursOf(null))
  await tellStaff(deps)
  return given
}
