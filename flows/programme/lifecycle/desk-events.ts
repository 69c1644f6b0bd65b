import {
  type Actor,
  type AmendedAnswer,
  type CaseEvent,
  type CaseState,
  missingNow,
} from './application-stages.ts'
import { inForce, UNDO } from './machine.ts'
import type { Stage } from './stage.ts'
import type { Stages } from './stages.ts'

/** The move by which staff correct or add an answer, at whatever stage it is on their desk; it leads nowhere else. */
export const AMEND = 'amend'

/**
 * The event of an answer that staff changed, upon the events as they were read; null where the application is with the
 * applicant, or came to nothing. What was asked for before stays asked for.
 */
export function amendEvent(
  { stages }: Stages,
  { stage: id, events }: CaseState,
  made: { actor: Actor; amended: AmendedAnswer; note: string; at: string },
): { event: CaseEvent; stage: Stage } | null {
  const stage = stages.find((one) => one.id === id)
  if (stage === undefined || stage.outcome === 'refused' || stage.outcome === 'withdrawn')
    return null
  if (stage.decides === null && stage.outcome === null) return null
  const { actor, amended, note, at } = made
  const event: CaseEvent = {
    ordinal: events.length + 1,
    move: AMEND,
    from: id,
    to: id,
    role: actor.role,
    actor: actor.name,
    ...(actor.id === undefined ? {} : { actorId: actor.id }),
    reasons: [],
    missing: missingNow(events),
    amended,
    note,
    at,
  }
  return { event, stage }
}

/**
 * The event that takes back the last move, for who made it, with when it had come to where it is again; null where there is
 * nothing of theirs to take back: somebody else moved since, it changed an answer, or money left with it.
 */
export function undoEvent(
  { stages, moves }: Stages,
  { events }: CaseState,
  { actor, at }: { actor: Actor; at: string },
): { event: CaseEvent; stage: Stage; stageAt: string } | null {
  const last = events.at(-1)
  if (last === undefined || actor.id === undefined || last.actorId !== actor.id) return null
  const move = moves.find(({ id }) => id === last.move)
  const stage = stages.find(({ id }) => id === last.from)
  if (move === undefined || stage === undefined || last.from === last.to) return null
  if (move.who.includes('finance')) return null
  const before = inForce(events).slice(0, -1)
  const arrived = before.findLast(({ from, to }) => from !== to) ?? before[0]
  const event: CaseEvent = {
    ordinal: events.length + 1,
    move: UNDO,
    from: last.to,
    to: last.from,
    role: actor.role,
    actor: actor.name,
    actorId: actor.id,
    reasons: [],
    missing: missingNow(before),
    note: null,
    at,
  }
  return { event, stage, stageAt: arrived?.at ?? last.at }
}
