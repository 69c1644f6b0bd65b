import type { FormValue } from '../form/form-field.ts'
import {
  beginning,
  deriveState,
  inForce,
  type LifecycleActor,
  type LifecycleEvent,
  type LifecycleHistory,
  type LifecycleProblem,
  type LifecycleRefusal,
  type LifecycleRequest,
  makeMove,
  standingFor,
} from './machine.ts'
import type { Move, Role, Stage } from './stage.ts'
import type { Stages } from './stages.ts'

/** What the applicant must hand in or change: a document or a field of the form, by id. */
export type RequiredItem = { readonly kind: 'document' | 'field'; readonly id: string }

/** Who moves a case. An applicant has no name here: the case knows whose it is, and events are kept for long. */
export type Actor = LifecycleActor<Role>

/** An answer that staff changed: what stood in the field before, and what stands there since; null: nothing. */
export type AmendedAnswer = {
  readonly field: string
  readonly before: FormValue
  readonly after: FormValue
}

/** One move of a case as it is kept. Its stage is what its events say, and nothing else. */
export type CaseEvent = LifecycleEvent<Role> & {
  readonly missing: readonly RequiredItem[]
  readonly amended?: AmendedAnswer
}

/** Where a case stands, and how it came there. */
export type CaseState = { readonly stage: string; readonly events: readonly CaseEvent[] }

export type MoveRequest = Omit<LifecycleRequest<Role>, 'to'> & {
  readonly missing?: readonly RequiredItem[]
}

/** Why a move was not made, with what could be done instead. */
export type MoveProblem =
  | LifecycleProblem<Move>
  | { readonly kind: 'missing-needed' | 'unknown-piece'; readonly pieces: readonly RequiredItem[] }

export type Moved =
  | { readonly ok: true; readonly event: CaseEvent; readonly stage: Stage }
  | LifecycleRefusal<MoveProblem, Move>

/** Where every application begins. */
export function initialState({ stages }: Stages): CaseState {
  const { state, events } = beginning({ states: stages })
  return { stage: state, events }
}

/** Whether an office has taken an application up: it came further along the path than handed in. */
export function wasTakenUp({ stages }: Stages, events: readonly CaseEvent[]): boolean {
  const further = stages.filter(({ path }) => path).slice(1)
  return inForce(events).some(({ to }) => further.some(({ id }) => id === to))
}

/** The move by which an office takes an application up, with no reason or list to go with it; null: none. */
export function takesUp({ stages, moves }: Stages): Move | null {
  const [first, second] = stages.filter(({ path }) => path)
  return (
    moves.find(
      ({ from, to, reasons, missing }) =>
        first !== undefined &&
        from.includes(first.id) &&
        to === second?.id &&
        reasons.length === 0 &&
        !missing,
    ) ?? null
  )
}

/** The moves that this person may make now. */
export function canMove(stages: Stages, state: CaseState & { actor: Actor }): readonly Move[] {
  return standingFor(stages, historyOf(state), state.actor).moves
}

/**
 * Makes a move, or says why not. `pieces` are all that can be asked for; the case keeps only those
 * that were named. Nothing is stored: the event is what a caller stores, under the next ordinal.
 *
 * @example
 * applyMove(stages, state, { move: 'accept', actor: { role: 'district-reviewer', name: '王芳' }, at })
 */
export function applyMove(
  stages: Stages,
  { stage, events }: CaseState,
  request: MoveRequest,
  pieces: readonly RequiredItem[] = [],
): Moved {
  const history = historyOf({ stage, events })
  const moved = makeMove({ ...stages, states: stages.stages }, history, request)
  if (!moved.ok) return moved
  const { missing = [] } = request
  const problem = pieceProblem(moved.move, missing, pieces)
  if (problem !== null) {
    return { ok: false, problem, standing: standingFor(stages, history, request.actor) }
  }
  const named = pieces.filter((piece) => missing.some((one) => isSame(one, piece)))
  return { ok: true, event: { ...moved.event, missing: named }, stage: moved.state }
}

/** What a move is decided by: moves that were taken back rule nobody out. */
function historyOf({ stage, events }: CaseState): LifecycleHistory {
  return { state: stage, events: inForce(events), version: events.length }
}

/** The stage that the events lead to, or the first event that does not follow from those before it. */
export function deriveStage(
  { stages }: Stages,
  events: readonly CaseEvent[],
): { ok: true; stage: string } | { ok: false; ordinal: number; problem: string } {
  const derived = deriveState({ states: stages }, events)
  return derived.ok ? { ok: true, stage: derived.state } : derived
}

/** What the applicant has been asked for and not yet handed in. */
export function missingNow(events: readonly CaseEvent[]): readonly RequiredItem[] {
  return events.at(-1)?.missing ?? []
}

function pieceProblem(
  move: Move,
  missing: readonly RequiredItem[],
  pieces: readonly RequiredItem[],
): MoveProblem | null {
  if (!move.missing) return missing.length === 0 ? null : { kind: 'unknown-piece', pieces: [] }
  if (missing.length === 0) return { kind: 'missing-needed', pieces }
  return missing.every((one) => pieces.some((piece) => isSame(one, piece)))
    ? null
    : { kind: 'unknown-piece', pieces }
}

function isSame(left: RequiredItem, right: RequiredItem): boolean {
  return left.kind === right.kind && left.id === right.id
}
