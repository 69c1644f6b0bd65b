import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Id } from '../rules/questions.ts'

/** Who may move a case. `applicant` is the person whose case it is, `system` a clock of ours. */
export const Role = z.enum(['applicant', 'district-reviewer', 'city-reviewer', 'finance', 'system'])
export type Role = z.infer<typeof Role>

/** A clause of the plan, or the usual practice of such forms, of which the plan says nothing. */
const Basis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clause'), clause: z.string().min(1) }),
  z.object({ kind: z.literal('practice') }),
])

/** An office that decides, as the plan names it. */
export const Office = z.object({ id: Id, name: Bilingual, clause: z.string().min(1) })

export const Stage = z.object({
  id: Id,
  /** A few words. */
  label: Bilingual,
  meaning: Bilingual,
  /** What happens next. */
  next: Bilingual,
  /** What the applicant must do; where it is nothing, it says so. */
  todo: Bilingual,
  /** The office that has the case on its desk; null: the applicant has. */
  decides: Id.nullable(),
  basis: Basis,
  /** Nothing comes after it. */
  final: z.boolean(),
  /**
   * How it came out, as far as that is known. One person has one application at a time that is not
   * `refused` or `withdrawn`.
   */
  outcome: z.enum(['granted', 'refused', 'withdrawn']).nullable(),
  /** Whether it stands in the line of progress. */
  path: z.boolean(),
  /** Where in that line a stage beside the path stands. */
  at: Id.optional(),
})
export type Stage = z.infer<typeof Stage>

/** A reason that can be named for a move, and shown to the applicant. */
export const Reason = z.object({
  id: Id,
  name: Bilingual,
  /** It says too little without words of its own. */
  needsNote: z.boolean(),
})
export type Reason = z.infer<typeof Reason>

export const Move = z.object({
  id: Id,
  label: Bilingual,
  from: z.array(Id).min(1),
  to: Id,
  who: z.array(Role).min(1),
  /** The closed list of its reasons, of which at least one must be named; empty: none is asked for. */
  reasons: z.array(Id),
  /** It names what the applicant must hand in or change. */
  missing: z.boolean(),
  /** What the applicant is sent, with `{{number}}`, `{{stage}}`, `{{missing}}` and `{{reason}}`. */
  notice: Bilingual.nullable(),
  /** The time limit that the sources state for it; null: they state none. */
  workingDays: z.number().int().positive().nullable(),
  basis: Basis,
  /** Who made one of these moves may not make this one. */
  notSameActorAs: z.array(Id),
})
export type Move = z.infer<typeof Move>

/** How applications are numbered: `GY18-02-000017`. */
export const Numbering = z.object({
  /** Two letters and the year. */
  prefix: z.string().regex(/^[A-HJ-NP-Z]{2}\d{2}$/),
  /** Two digits for each place. */
  districts: z.record(z.string(), z.string().regex(/^\d{2}$/)),
})
export type Numbering = z.infer<typeof Numbering>
