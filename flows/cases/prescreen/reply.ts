import * as z from 'zod'
import { Answer } from '../../programme/rules/answers.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** A question as it is asked: already in the person's language. */
export const AskedQuestion = z.object({
  kind: z.literal('question'),
  id: z.string(),
  answerKind: z.enum(['yes-no', 'number', 'one-of', 'some-of']),
  text: z.string(),
  explain: z.string(),
  options: z.array(Named),
  /** The options that were picked so far, of several. */
  picked: z.array(z.string()),
  /** What was answered, where it is asked again. */
  answer: z.string().nullish(),
})
export type AskedQuestion = z.infer<typeof AskedQuestion>

/** What the runner answers to the queries of the pre-screen. */
export const PrescreenReply = z.discriminatedUnion('kind', [
  AskedQuestion,
  z.object({
    kind: z.literal('verdict'),
    /** The same answers under the same rules have the same number. */
    id: z.string(),
    verdict: z.enum(['priority', 'preference', 'no-priority-stated', 'unknown', 'elsewhere']),
    /** What speaks for the person, each line with the clause it stands in. */
    reasons: z.array(z.string()),
    /** What is still open, and what would change it. */
    open: z.array(z.string()),
    /** Known from reports only: to be asked at the office, never a reason to refuse. */
    reported: z.array(z.string()),
    proofs: z.array(z.string()),
    clauses: z.array(z.string()),
  }),
  z.object({ kind: z.literal('heard'), answer: Answer }),
  z.object({ kind: z.literal('which'), options: z.array(Named) }),
  z.object({ kind: z.literal('city') }),
  z.object({ kind: z.literal('unheard') }),
])
export type PrescreenReply = z.infer<typeof PrescreenReply>
