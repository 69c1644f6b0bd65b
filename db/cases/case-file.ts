import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Database } from '../core/database.ts'
import type { Vault } from '../core/vault.ts'
import { type CaseHead, loadCase } from './cases.ts'
import { loadEvents } from './events.ts'

/** A case that moves faster than it can be read is read again this often. */
const MAX_RACES = 5

/** A case with exactly the events of its version, also where it is moved while it is read. */
export async function loadCaseFile(
  db: Database,
  vault: Vault,
  which: { id: string } | { number: string },
): Promise<{ head: CaseHead; events: CaseEvent[] } | null> {
  for (let race = 0; race < MAX_RACES; race++) {
    const head = await loadCase(db, which)
    if (head === null) return null
    const events = await loadEvents(db, vault, head.id)
    if (events.length === head.version) return { head, events }
  }
  throw new Error('a case was moved faster than it could be read')
}
