import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Id } from '../rules/questions.ts'
import { Reason } from './stage.ts'

/** Who may move a voucher. `applicant` is its holder, `system` a clock of ours. */
export const VoucherRole = z.enum([
  'applicant',
  'provider',
  'district-reviewer',
  'city-reviewer',
  'finance',
  'system',
])
export type VoucherRole = z.infer<typeof VoucherRole>

export const VoucherState = z.object({
  id: Id,
  label: Bilingual,
  meaning: Bilingual,
  /** What the holder must do; where it is nothing, it says so. */
  todo: Bilingual,
  /** Nothing comes after it. */
  final: z.boolean(),
})
export type VoucherState = z.infer<typeof VoucherState>

export const VoucherMove = z.object({
  id: Id,
  label: Bilingual,
  from: z.array(Id).min(1),
  to: Id,
  who: z.array(VoucherRole).min(1),
  /** The closed list of its reasons, of which at least one must be named; empty: none is asked for. */
  reasons: z.array(Id),
  /** What the holder is told, with `{{number}}`, `{{kind}}`, `{{amount}}`, `{{reason}}`, `{{useBy}}` and `{{provider}}`. */
  notice: Bilingual.nullable(),
  /** Who made one of these moves may not make this one. */
  notSameActorAs: z.array(Id),
})
export type VoucherMove = z.infer<typeof VoucherMove>

/** The life of a voucher as data: its states, and the moves between them. */
export const VoucherLife = z
  .object({
    /** The first one is where every voucher begins. */
    states: z.array(VoucherState).min(2),
    moves: z.array(VoucherMove).min(1),
    reasons: z.array(Reason),
  })
  .superRefine(({ states, moves, reasons }, ctx) => {
    const complain = (message: string) => ctx.addIssue({ code: 'custom', message })
    const known = new Set(states.map(({ id }) => id))
    if (known.size < states.length) complain('Two states share an id.')
    for (const { id, from, to, notSameActorAs, reasons: named } of moves) {
      for (const state of [...from, to]) {
        if (!known.has(state)) complain(`${id}: there is no state ${state}`)
      }
      for (const other of notSameActorAs) {
        if (!moves.some((move) => move.id === other)) complain(`${id}: there is no move ${other}`)
      }
      for (const reason of named) {
        if (!reasons.some((one) => one.id === reason))
          complain(`${id}: there is no reason ${reason}`)
      }
    }
    for (const { id } of states.slice(1)) {
      if (!moves.some(({ to }) => to === id)) complain(`${id}: no move leads there`)
    }
    for (const { id, final } of states) {
      const leaves = moves.some(({ from, to }) => from.includes(id) && to !== id)
      if (final === leaves) complain(`${id}: ${final ? 'a move leaves it' : 'no move leaves it'}`)
    }
  })
export type VoucherLife = z.infer<typeof VoucherLife>

/** Who moves. A holder has no name here; `id` is the account of a member of staff. */
export type VoucherActor = {
  readonly role: VoucherRole
  readonly name: string | null
  readonly id?: string
}

/** One move of a voucher as it is kept. */
export type VoucherEvent = {
  /** From one, without a gap. */
  readonly ordinal: number
  readonly move: string
  readonly from: string
  readonly to: string
  readonly role: VoucherRole
  readonly actor: string | null
  readonly actorId: string | null
  readonly reasons: readonly string[]
  /** Words to the holder. */
  readonly note: string | null
  readonly at: string
}

export type VoucherHistory = { readonly state: string; readonly events: readonly VoucherEvent[] }

export type VoucherMoveRequest = {
  readonly move: string
  readonly actor: VoucherActor
  readonly reasons?: readonly string[]
  readonly note?: string | null
  readonly at: string
}

/** Why a move was not made, with what could be done instead. */
export type VoucherMoveProblem =
  | { readonly kind: 'no-such-move' }
  | { readonly kind: 'not-from-here'; readonly state: string }
  | { readonly kind: 'not-yours' }
  /** Two people are needed, and this one has already made the move named. */
  | { readonly kind: 'same-person'; readonly as: string }
  | { readonly kind: 'reason-needed' | 'unknown-reason' }
  | { readonly kind: 'note-needed' }

export type VoucherMoved =
  | { readonly ok: true; readonly event: VoucherEvent; readonly state: VoucherState }
  | { readonly ok: false; readonly problem: VoucherMoveProblem }

/** Where every voucher begins. */
export function newVoucher({ states }: VoucherLife): VoucherHistory {
  return { state: states[0]?.id ?? '', events: [] }
}

/** The moves that leave a state, whoever may make them. */
export function voucherMovesFrom({ moves }: VoucherLife, state: string): VoucherMove[] {
  return moves.filter(({ from }) => from.includes(state))
}

/** The moves that this person may make now. */
export function canMoveVoucher(
  life: VoucherLife,
  history: VoucherHistory & { actor: VoucherActor },
): VoucherMove[] {
  return voucherMovesFrom(life, history.state).filter(
    (move) =>
      move.who.includes(history.actor.role) && madeBefore(move, history, history.actor) === null,
  )
}

/**
 * Makes a move, or says why not. Nothing is stored: the event is what a caller stores, under the next
 * ordinal, which is the optimistic lock of a voucher.
 *
 * @example
 * applyVoucherMove(life, history, { move: 'issue', actor: { role: 'city-reviewer', name: '王芳' }, at })
 */
export function applyVoucherMove(
  life: VoucherLife,
  history: VoucherHistory,
  { move: id, actor, reasons = [], note = null, at }: VoucherMoveRequest,
): VoucherMoved {
  const move = life.moves.find((one) => one.id === id)
  const state = life.states.find((one) => one.id === move?.to)
  if (move === undefined || state === undefined) return refuse({ kind: 'no-such-move' })
  if (!move.from.includes(history.state)) {
    return refuse({ kind: 'not-from-here', state: history.state })
  }
  if (!move.who.includes(actor.role)) return refuse({ kind: 'not-yours' })
  const as = madeBefore(move, history, actor)
  if (as !== null) return refuse({ kind: 'same-person', as })
  const words = note?.trim() === '' ? null : (note?.trim() ?? null)
  if (reasons.some((one) => !move.reasons.includes(one))) return refuse({ kind: 'unknown-reason' })
  if (move.reasons.length > 0 && reasons.length === 0) return refuse({ kind: 'reason-needed' })
  const named = life.reasons.filter((reason) => reasons.includes(reason.id))
  if (words === null && named.some(({ needsNote }) => needsNote)) {
    return refuse({ kind: 'note-needed' })
  }
  const event: VoucherEvent = {
    ordinal: history.events.length + 1,
    move: id,
    from: history.state,
    to: move.to,
    role: actor.role,
    actor: actor.name,
    actorId: actor.id ?? null,
    reasons: [...new Set(reasons)],
    note: words,
    at,
  }
  return { ok: true, event, state }
}

/**
 * The state that the events lead to, or the first event that does not follow from those before it.
 * Whether a move was allowed is not judged again: that was for the rules of its day.
 */
export function deriveVoucherState(
  life: VoucherLife,
  events: readonly Pick<VoucherEvent, 'ordinal' | 'from' | 'to'>[],
): { ok: true; state: string } | { ok: false; ordinal: number; problem: string } {
  let { state } = newVoucher(life)
  for (const [index, { ordinal, from, to }] of events.entries()) {
    const wrong = (problem: string) => ({ ok: false as const, ordinal: index + 1, problem })
    if (ordinal !== index + 1) return wrong(`event ${ordinal} stands where ${index + 1} belongs`)
    if (from !== state) return wrong(`it leaves ${from}, but the voucher was ${state}`)
    if (!life.states.some(({ id }) => id === to)) return wrong(`there is no state ${to}`)
    state = to
  }
  return { ok: true, state }
}

function refuse(problem: VoucherMoveProblem): VoucherMoved {
  return { ok: false, problem }
}

/** The earlier move of the same person that rules this one out, by account or by name. */
function madeBefore(
  move: VoucherMove,
  { events }: VoucherHistory,
  actor: VoucherActor,
): string | null {
  const earlier = events.find(
    (event) => move.notSameActorAs.includes(event.move) && isSame(event, actor),
  )
  return earlier?.move ?? null
}

function isSame(event: VoucherEvent, { id, name }: VoucherActor): boolean {
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
