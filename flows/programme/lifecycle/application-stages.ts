import type { Move, Reason, Role, Stage } from './stage.ts'
import type { Stages } from './stages.ts'

/** What the applicant must hand in or change: a document or a field of the form, by id. */
export type RequiredItem = { readonly kind: 'document' | 'field'; readonly id: string }

/**
 * Who moves. An applicant has no name here: the case knows whose it is, and events are kept for long.
 * `id`: the account of a member of staff.
 */
export type Actor = { readonly role: Role; readonly name: string | null; readonly id?: string }

/** One move of a case as it is kept. Its stage is what its events say, and nothing else. */
export type CaseEvent = {
  /** From one, without a gap. */
  readonly ordinal: number
  readonly move: string
  readonly from: string
  readonly to: string
  readonly role: Role
  readonly actor: string | null
  /** The account by which a member of staff made it. */
  readonly actorId?: string
  readonly reasons: readonly string[]
  readonly missing: readonly RequiredItem[]
  /** Words to the applicant. */
  readonly note: string | null
  /** ISO time in UTC. */
  readonly at: string
}

/**
 * The move of what was decided before there was this system: the ledger says when, and nobody says who. Its
 * actor brought the ledger and decided nothing.
 */
export const IMPORTED = 'import'

/** Where a case stands, and how it came there. */
export type CaseState = { readonly stage: string; readonly events: readonly CaseEvent[] }

export type MoveRequest = {
  readonly move: string
  readonly actor: Actor
  readonly reasons?: readonly string[]
  readonly missing?: readonly RequiredItem[]
  readonly note?: string | null
  readonly at: string
}

/** Why a move was not made, with what could be done instead. */
export type MoveProblem =
  | { readonly kind: 'no-such-move' | 'not-from-here'; readonly moves: readonly Move[] }
  | { readonly kind: 'not-yours'; readonly who: readonly Role[] }
  /** Two people are needed, and this one has already made the move named. */
  | { readonly kind: 'same-person'; readonly as: string }
  | { readonly kind: 'reason-needed' | 'unknown-reason'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'note-needed' }
  | { readonly kind: 'missing-needed' | 'unknown-piece'; readonly pieces: readonly RequiredItem[] }

export type Moved =
  | { readonly ok: true; readonly event: CaseEvent; readonly stage: Stage }
  | { readonly ok: false; readonly problem: MoveProblem }

/** Where every application begins. */
export function initialState({ stages }: Stages): CaseState {
  return { stage: stages[0]?.id ?? '', events: [] }
}

/** Where an application is once it is handed in: the first stage that stands in the line of progress. */
export function handedIn({ stages }: Stages): string {
  return stages.find(({ path }) => path)?.id ?? ''
}

/** Whether an office has taken an application up: it came further along the path than handed in. */
export function wasTakenUp({ stages }: Stages, events: readonly CaseEvent[]): boolean {
  const further = stages.filter(({ path }) => path).slice(1)
  return events.some(({ to }) => further.some(({ id }) => id === to))
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

/** The moves that leave a stage, whoever may make them. */
export function movesFrom({ moves }: Stages, stage: string): Move[] {
  return moves.filter(({ from }) => from.includes(stage))
}

/** The moves that this person may make now. */
export function canMove(stages: Stages, state: CaseState & { actor: Actor }): Move[] {
  return movesFrom(stages, state.stage).filter(
    (move) => move.who.includes(state.actor.role) && sameAs(move, state, state.actor) === null,
  )
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
  state: CaseState,
  { move: id, actor, reasons = [], missing = [], note = null, at }: MoveRequest,
  pieces: readonly RequiredItem[] = [],
): Moved {
  const open = movesFrom(stages, state.stage)
  const move = stages.moves.find((one) => one.id === id)
  const stage = stages.stages.find((one) => one.id === move?.to)
  if (move === undefined || stage === undefined)
    return refuse({ kind: 'no-such-move', moves: open })
  if (!open.includes(move)) return refuse({ kind: 'not-from-here', moves: open })
  if (!move.who.includes(actor.role)) return refuse({ kind: 'not-yours', who: move.who })
  const as = sameAs(move, state, actor)
  if (as !== null) return refuse({ kind: 'same-person', as })
  const words = note?.trim() === '' ? null : (note?.trim() ?? null)
  const problem = reasonProblem(stages, move, reasons, words) ?? pieceProblem(move, missing, pieces)
  if (problem !== null) return refuse(problem)
  const event: CaseEvent = {
    ordinal: state.events.length + 1,
    move: id,
    from: state.stage,
    to: move.to,
    role: actor.role,
    actor: actor.name,
    ...(actor.id === undefined ? {} : { actorId: actor.id }),
    reasons: [...new Set(reasons)],
    missing: pieces.filter((piece) => missing.some((one) => isSame(one, piece))),
    note: words,
    at,
  }
  return { ok: true, event, stage }
}

/**
 * The stage that the events lead to, or the first event that does not follow from those before it.
 * Whether a move was allowed is not judged again: that was for the rules of its day.
 */
export function deriveStage(
  stages: Stages,
  events: readonly CaseEvent[],
): { ok: true; stage: string } | { ok: false; ordinal: number; problem: string } {
  let { stage } = initialState(stages)
  for (const [index, { ordinal, from, to }] of events.entries()) {
    const wrong = (problem: string) => ({ ok: false as const, ordinal: index + 1, problem })
    if (ordinal !== index + 1) return wrong(`event ${ordinal} stands where ${index + 1} belongs`)
    if (from !== stage) return wrong(`it leaves ${from}, but the case was at ${stage}`)
    if (!stages.stages.some(({ id }) => id === to)) return wrong(`there is no stage ${to}`)
    stage = to
  }
  return { ok: true, stage }
}

/** What the applicant has been asked for and not yet handed in. */
export function missingNow(events: readonly CaseEvent[]): readonly RequiredItem[] {
  return events.at(-1)?.missing ?? []
}

function refuse(problem: MoveProblem): Moved {
  return { ok: false, problem }
}

/**
 * The earlier move of the same person that rules this one out: by the account, and also by the name as
 * people read it, for who has two accounts or uses the command line. Whoever brought in what was decided
 * elsewhere stands for all who decided: nobody pays what they wrote in themselves.
 */
function sameAs(move: Move, { events }: CaseState, actor: Actor): string | null {
  const earlier = events.find(
    (event) =>
      (move.notSameActorAs.includes(event.move) ||
        (event.move === IMPORTED && move.notSameActorAs.length > 0)) &&
      isSamePerson(event, actor),
  )
  return earlier?.move ?? null
}

function isSamePerson(event: CaseEvent, { id, name }: Actor): boolean {
  if (id !== undefined && event.actorId === id) return true
  return (
    name !== null && event.actor !== null && normaliseActor(event.actor) === normaliseActor(name)
  )
}

function normaliseActor(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase()
}

function reasonProblem(
  stages: Stages,
  move: Move,
  named: readonly string[],
  note: string | null,
): MoveProblem | null {
  const reasons = stages.reasons.filter(({ id }) => move.reasons.includes(id))
  const known = reasons.filter(({ id }) => named.includes(id))
  if (named.some((id) => !move.reasons.includes(id))) return { kind: 'unknown-reason', reasons }
  if (reasons.length > 0 && known.length === 0) return { kind: 'reason-needed', reasons }
  return note === null && known.some(({ needsNote }) => needsNote) ? { kind: 'note-needed' } : null
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
