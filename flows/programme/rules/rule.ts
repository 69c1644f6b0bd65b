import * as z from 'zod'
import { Bilingual } from '../bilingual.ts'
import { Condition } from './conditions.ts'
import { Id } from './questions.ts'

/** Where a rule comes from: a clause of the plan, or a report about other rules. */
const Basis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clause'), clause: z.string().min(1) }),
  /** `section`: of the project's collection of facts. */
  z.object({ kind: z.literal('report'), section: z.string().min(1), name: Bilingual }),
])

/** A rule on the answers, with its source and its words. */
export const Rule = z.object({
  id: Id,
  /**
   * scope: whether this programme is the one to ask · priority, preference: as its own clause says ·
   * encouraged: an aim of the plan, which moves nothing · requirement-as-reported and
   * legal-form-note: known from reports only: shown with their year, never a reason to refuse.
   */
  effect: z.enum([
    'scope',
    'priority',
    'preference',
    'encouraged',
    'requirement-as-reported',
    'legal-form-note',
  ]),
  condition: Condition,
  basis: Basis,
  /** Null where the source gives none. */
  year: z.number().int().nullable(),
  /** original: the issuing office's words were seen · reposted: a copy of them, or a newspaper. */
  confidence: z.enum(['original', 'reposted', 'machine-translated', 'inferred']),
  name: Bilingual,
  /** What is said of each result. */
  lines: z.object({ yes: Bilingual, no: Bilingual, unknown: Bilingual }),
  /** What would change a no or an unknown. */
  change: Bilingual,
})
export type Rule = z.infer<typeof Rule>

/** The order in which complete applications are looked at; the time of completion comes last. */
export const Criterion = z.object({ id: Id, name: Bilingual, rules: z.array(Id).min(1) })
export type Criterion = z.infer<typeof Criterion>
