import * as z from 'zod'
import type { Answer, Answers } from '../../programme/rules/answers.ts'

const Named = z.object({ id: z.string(), name: z.string() })
type Named = z.infer<typeof Named>

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

/** What the pre-screen asks of the world; src/kernel/prescreen.ts answers. */
export type PrescreenQuery =
  /** The next question that can still matter, or the verdict. `picked`: so far, of several. */
  | {
      kind: 'prescreen'
      answers: Answers
      picked: readonly string[]
      /** The question to ask again; null: the next one. */
      editing: string | null
    }
  /** What typed words answer to a question. */
  | { kind: 'prescreen-typed'; question: string; text: string }

/** What the runner answers to the queries of the pre-screen. */
export type PrescreenReply =
  | AskedQuestion
  | {
      kind: 'verdict'
      /** The same answers under the same rules have the same number. */
      id: string
      verdict: 'priority' | 'preference' | 'no-priority-stated' | 'unknown' | 'elsewhere'
      /** What speaks for the person, each line with the clause it stands in. */
      reasons: string[]
      /** What is still open, and what would change it. */
      open: string[]
      /** Known from reports only: to be asked at the office, never a reason to refuse. */
      reported: string[]
      proofs: string[]
      clauses: string[]
    }
  | { kind: 'heard'; answer: Answer }
  | { kind: 'which'; options: Named[] }
  | { kind: 'city' }
  | { kind: 'unheard' }
