import { type LoadedCase, loadCaseFile } from '../../db/cases/case-file.ts'
import { noticeWaits, undoMove } from '../../db/cases/undo.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { undoEvent } from '../../flows/programme/lifecycle/desk-events.ts'
import { UNDO } from '../../flows/programme/lifecycle/machine.ts'
import { commit } from '../kernel/commit/commit.ts'
import { actorOf, type CaseDeskContext } from './act-on-case.ts'

/**
 * Why a move was not taken back. `nothing`: the last move is not this person's, or money left with it; `moved-on`: the case was
 * moved since it was seen; `too-late`: its time is over, or its notice is on its way, or a voucher hangs on it; `applied-anew`:
 * the person has another application that counts.
 */
export type UndoProblem = 'nothing' | 'moved-on' | 'too-late' | 'applied-anew'

/** What can be taken back now: which move, and until when at the earliest; null: nothing. */
export async function undoable(
  desk: CaseDeskContext,
  staff: StaffMember,
  { head, events }: Pick<LoadedCase, 'head' | 'events'>,
): Promise<{ move: string; until: string } | null> {
  const { db, pack, now, undoSeconds = 0 } = desk
  const actor = actorOf(staff)
  const last = events.at(-1)
  if (undoSeconds === 0 || actor === null || last === undefined) return null
  const at = now()
  if (undoEvent(pack.stages, { stage: head.stage, events }, { actor, at }) === null) return null
  const until = new Date(Date.parse(last.at) + undoSeconds * 1000).toISOString()
  const waits = await noticeWaits(db, head.id, last.ordinal)
  // A notice that nobody has taken up yet can be taken back, however late it is.
  const isOpen = waits ?? at < until
  return isOpen ? { move: last.move, until } : null
}

/**
 * Takes back the last move of a case for who made it: a move against it with its entry in the audit, the case as it was, and
 * the notice withdrawn, in one batch; or nothing of it. Sent twice, it is done once. `version`: of the case as it was seen.
 */
export async function undoCase(
  desk: CaseDeskContext,
  staff: StaffMember,
  seen: LoadedCase,
  version: number,
): Promise<UndoProblem | null> {
  const { db, vault, pack, now } = desk
  const { number } = seen.head
  return commit<UndoProblem | null>(db, {
    plan: async () => {
      const file = await loadCaseFile(db, vault, { number }, staff)
      const actor = actorOf(staff)
      if (file === null || actor === null) return { made: 'nothing' }
      const { head, events } = file
      const last = events.at(-1)
      if (head.version !== version) {
        const again =
          head.version === version + 1 && last?.move === UNDO && last.actorId === staff.id
        return { made: again ? null : 'moved-on' }
      }
      const at = now()
      const undone = undoEvent(pack.stages, { stage: head.stage, events }, { actor, at })
      if (undone === null) return { made: 'nothing' }
      if ((await undoable(desk, staff, file)) === null) return { made: 'too-late' }
      return {
        result: null,
        write: await undoMove(vault, { caseId: head.id, ...undone }),
        audit: [
          {
            at,
            actor: staff.id,
            action: 'case.undone',
            subject: `case:${number}`,
            reason: last?.move ?? null,
          },
        ],
      }
    },
    races: ['case_events.case_id'],
    means: ([broken]) =>
      String(broken) === 'cases.version'
        ? 'too-late'
        : broken === 'cases.identity_index'
          ? 'applied-anew'
          : null,
  })
}
