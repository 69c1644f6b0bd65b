import { loadCaseFile } from '../../../db/cases/case-file.ts'
import type { CaseContent } from '../../../db/cases/content.ts'
import type { CaseMove } from '../../../db/cases/events.ts'
import { applyMove } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { Scene } from './scene.ts'

/**
 * A move that applicants make with their own case, upon the case as it is; null where it does not
 * leave its stage by it. The event's ordinal is the lock: where the case is moved meanwhile, the turn
 * is stepped again.
 */
export async function caseMove(
  { deps, pack, requester }: Scene,
  number: string,
  move: 'withdraw' | 'correct',
  content?: CaseContent & { number: string },
): Promise<CaseMove | null> {
  const file = await loadCaseFile(deps.db, deps.vault, { number })
  if (file === null || pack.stages === undefined) return null
  const { head, events } = file
  if (head.contactId !== requester.contactId) return null
  const moved = applyMove(
    pack.stages,
    { stage: head.stage, events },
    { move, actor: { role: 'applicant', name: null }, at: requester.at },
  )
  if (!moved.ok) return null
  return {
    caseId: head.id,
    event: moved.event,
    stage: moved.stage,
    ...(content === undefined ? {} : { content: { ...content, district: head.district } }),
  }
}
