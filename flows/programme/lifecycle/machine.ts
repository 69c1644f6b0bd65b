import type { Reason } from './stage.ts'

/** One move of a life: what the data of cases, vouchers, campaigns and events have in common. */
export type LifecycleMove<Role extends string = string> = {
  readonly id: string
  readonly from: readonly string[]
  /** Where it leads; of several, the one that is asked for, else where it is, else the first. */
  readonly to: string | readonly string[]
  readonly who: readonly Role[]
  /** The closed list of its reasons, of which at least one must be named; empty: none is asked for. */
  readonly reasons: readonly string[]
  /** Who made one of these moves may not make this one. */
  readonly notSameActorAs: readonly string[]
  /** The moment of the subject, by name, before which it cannot be made. */
  readonly opens?: string
  /** The moment of the subject, by name, from which on it cannot be made. */
  readonly closes?: string
}

/** A life as data: its states, of which the first is where everything begins, and the moves between them. */
export type Lifecycle<State extends { id: string }, Move extends LifecycleMove> = {
  readonly states: readonly State[]
  readonly moves: readonly Move[]
  readonly reasons: readonly Reason[]
}

type RoleOf<Move extends LifecycleMove> = Move['who'][number]

/** Who moves; `id` is the account of a member of staff. Applicants and holders have no name here. */
export type LifecycleActor<Role extends string> = {
  readonly role: Role
  readonly name: string | null
  readonly id?: string
}

/** One move as it is kept. */
export type LifecycleEvent<Role extends string> = {
  /** From one, without a gap: the optimistic lock. */
  readonly ordinal: number
  readonly move: string
  readonly from: string
  readonly to: string
  readonly role: Role
  readonly actor: string | null
  /** The account by which a member of staff made it. */
  readonly actorId?: string
  readonly reasons: readonly string[]
  /** Words to whom it is about. */
  readonly note: string | null
  /** ISO time in UTC. */
  readonly at: string
}

/** Where something stands, and who made which move on the way there. `version`: of more moves than are listed. */
export type LifecycleHistory = {
  readonly state: string
  readonly events: readonly { move: string; actor: string | null; actorId?: string }[]
  readonly version?: number
}

export type LifecycleRequest<Role extends string> = {
  readonly move: string
  readonly actor: LifecycleActor<Role>
  /** Which way, of a move that leads to more than one state. */
  readonly to?: string
  readonly reasons?: readonly string[]
  readonly note?: string | null
  readonly at: string
}

/** Why a move was not made. */
export type LifecycleProblem<Move extends LifecycleMove> =
  | { readonly kind: 'no-such-move' | 'not-from-here'; readonly moves: readonly Move[] }
  | { readonly kind: 'not-yours'; readonly who: Move['who'] }
  /** Two people are needed, and this one has already made the move named. */
  | { readonly kind: 'same-person'; readonly as: string }
  | { readonly kind: 'reason-needed' | 'unknown-reason'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'note-needed' }

/** How something stands for one person: its version (the last ordinal) and the moves that they may make now. */
export type Standing<Move> = {
  readonly state: string
  readonly version: number
  readonly moves: readonly Move[]
}

/** A move that was not made: why, and what can be done instead. */
export type LifecycleRefusal<Problem, Move> = {
  readonly ok: false
  readonly problem: Problem
  readonly standing: Standing<Move>
}

/**
 * The move of what was decided before there was this system: the ledger says when, and nobody says who. Its
 * actor brought the ledger and decided nothing.
 */
export const IMPORTED = 'import'

/** The move that takes back the one before it, by who made it; both stay in the history and neither counts. */
export const UNDO = 'undo'

/** The moves that count: those that were taken back do not, nor does taking them back. */
export function inForce<Event extends { move: string }>(
  events: readonly Event[],
): readonly Event[] {
  const kept: Event[] = []
  for (const event of events) {
    if (event.move === UNDO) kept.pop()
    else kept.push(event)
  }
  return kept
}

/** Where everything begins. */
export function beginning({ states }: { states: readonly { id: string }[] }): {
  state: string
  events: readonly []
} {
  return { state: states[0]?.id ?? '', events: [] }
}

/** The moves that leave a state, whoever may make them. */
export function movesFrom<Move extends LifecycleMove>(
  { moves }: { moves: readonly Move[] },
  state: string,
): Move[] {
  return moves.filter(({ from }) => from.includes(state))
}

/** How something stands for this person: the moves are those that they may make now. */
export function standingFor<Move extends LifecycleMove>(
  life: { moves: readonly Move[] },
  { state, events, version = events.length }: LifecycleHistory,
  actor: LifecycleActor<RoleOf<Move>>,
): Standing<Move> {
  const isOpen = (move: Move) =>
    move.who.includes(actor.role) && madeBefore(move, events, actor) === null
  return { state, version, moves: movesFrom(life, state).filter(isOpen) }
}

/**
 * Makes a move, or says why not. Nothing is stored: the event is what a caller stores, under the next
 * ordinal, by which one of two who are at it at once is first.
 *
 * @example
 * makeMove(life, history, { move: 'issue', actor: { role: 'city-reviewer', name: '王芳' }, at })
 */
export function makeMove<State extends { id: string }, Move extends LifecycleMove>(
  life: Lifecycle<State, Move>,
  history: LifecycleHistory,
  request: LifecycleRequest<RoleOf<Move>>,
):
  | { ok: true; event: LifecycleEvent<RoleOf<Move>>; move: Move; state: State }
  | LifecycleRefusal<LifecycleProblem<Move>, Move> {
  const { actor, reasons = [], at } = request
  const standing = standingFor(life, history, actor)
  const refuse = (problem: LifecycleProblem<Move>) => ({ ok: false, problem, standing }) as const
  const open = movesFrom(life, history.state)
  const move = life.moves.find(({ id }) => id === request.move)
  const targets = [move?.to ?? []].flat()
  const to = request.to ?? targets.find((id) => id === history.state) ?? targets[0]
  const state = life.states.find(({ id }) => id === to && targets.includes(id))
  if (move === undefined || state === undefined)
    return refuse({ kind: 'no-such-move', moves: open })
  if (!open.includes(move)) return refuse({ kind: 'not-from-here', moves: open })
  if (!move.who.includes(actor.role)) return refuse({ kind: 'not-yours', who: move.who })
  const as = madeBefore(move, history.events, actor)
  if (as !== null) return refuse({ kind: 'same-person', as })
  const note = request.note?.trim() || null
  const problem = reasonProblem(life, move, reasons, note)
  if (problem !== null) return refuse(problem)
  const event = {
    ordinal: standing.version + 1,
    move: move.id,
    from: history.state,
    to: state.id,
    role: actor.role,
    actor: actor.name,
    ...(actor.id === undefined ? {} : { actorId: actor.id }),
    reasons: [...new Set(reasons)],
    note,
    at,
  }
  return { ok: true, event, move, state }
}

/** Whether a move comes too early or too late; moments are ISO times in UTC, by the names that moves use. */
export function deadlineProblem<Time extends string>(
  { opens, closes }: { readonly opens?: Time; readonly closes?: Time },
  moments: Readonly<Record<Time, string>>,
  at: string,
): 'too-early' | 'too-late' | null {
  if (opens !== undefined && at < moments[opens]) return 'too-early'
  return closes !== undefined && at >= moments[closes] ? 'too-late' : null
}

/**
 * The state that the events lead to, or the first event that does not follow from those before it.
 * Whether a move was allowed is not judged again: that was for the rules of its day.
 */
export function deriveState(
  { states }: { states: readonly { id: string }[] },
  events: readonly { ordinal: number; from: string; to: string }[],
): { ok: true; state: string } | { ok: false; ordinal: number; problem: string } {
  let state = beginning({ states }).state
  for (const [index, { ordinal, from, to }] of events.entries()) {
    const wrong = (problem: string) => ({ ok: false as const, ordinal: index + 1, problem })
    if (ordinal !== index + 1) return wrong(`event ${ordinal} stands where ${index + 1} belongs`)
    if (from !== state) return wrong(`it leaves ${from}, but it was ${state}`)
    if (!states.some(({ id }) => id === to)) return wrong(`there is no state ${to}`)
    state = to
  }
  return { ok: true, state }
}

/**
 * The earlier move of the same person that rules this one out: by the account, and also by the name as
 * people read it, for who has two accounts or uses the command line. Whoever brought in what was decided
 * elsewhere stands for all who decided: nobody pays what they wrote in themselves.
 */
function madeBefore(
  { notSameActorAs }: LifecycleMove,
  events: LifecycleHistory['events'],
  { id, name }: LifecycleActor<string>,
): string | null {
  if (notSameActorAs.length === 0) return null
  const earlier = events.find(
    ({ move, actor, actorId }) =>
      (notSameActorAs.includes(move) || move === IMPORTED) &&
      ((id !== undefined && actorId === id) ||
        (name !== null && actor !== null && normaliseActor(actor) === normaliseActor(name))),
  )
  return earlier?.move ?? null
}

function normaliseActor(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase()
}

function reasonProblem<Move extends LifecycleMove>(
  life: { reasons: readonly Reason[] },
  move: Move,
  named: readonly string[],
  note: string | null,
): LifecycleProblem<Move> | null {
  const reasons = life.reasons.filter(({ id }) => move.reasons.includes(id))
  const known = reasons.filter(({ id }) => named.includes(id))
  if (named.some((id) => !move.reasons.includes(id))) return { kind: 'unknown-reason', reasons }
  if (reasons.length > 0 && known.length === 0) return { kind: 'reason-needed', reasons }
  return note === null && known.some(({ needsNote }) => needsNote) ? { kind: 'note-needed' } : null
}
