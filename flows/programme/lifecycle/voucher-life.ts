import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Id } from '../rules/questions.ts'
import type { LifecycleActor, LifecycleEvent } from './machine.ts'
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

/** Who moves a voucher. A holder has no name here. */
export type VoucherActor = LifecycleActor<VoucherRole>

/** One move of a voucher as it is kept. */
export type VoucherEvent = LifecycleEvent<VoucherRole>
