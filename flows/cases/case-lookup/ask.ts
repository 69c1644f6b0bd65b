import * as z from 'zod'
import { CaseSummary } from '../../programme/lifecycle/case-view.ts'

/** What the look-up asks of the world; answered by src/cases/flow/case.ts with a `LookUpReply`. */
export const LookUpAsk = z.discriminatedUnion('kind', [
  /** Can this be a number of ours? Seen without looking, and not counted. */
  z.object({ kind: z.literal('number'), typed: z.string() }),
  z.object({
    kind: z.literal('look-up'),
    number: z.string(),
    lastSix: z.string(),
    name: z.string(),
  }),
])
export type LookUpAsk = z.infer<typeof LookUpAsk>

export const LookUpReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), number: z.string() }),
  z.object({
    kind: z.literal('no-number'),
    problem: z.enum(['empty', 'malformed', 'check-failed']),
    typed: z.string(),
  }),
  z.object({ kind: z.literal('found'), view: CaseSummary }),
  /** There is no such case, or the rest does not fit it; nobody is told which. */
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('too-many') }),
])
export type LookUpReply = z.infer<typeof LookUpReply>
