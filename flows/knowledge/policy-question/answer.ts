import * as z from 'zod'

const Citation = z.object({ clause: z.string(), document: z.string(), section: z.string() })
const Candidate = z.object({ id: z.string(), question: z.string() })

/**
 * What the runner answers to the policy queries, already in the person's language.
 * `entry`: a FAQ entry; `sentence`: the plan's own words; `clause`: a whole clause for `看原文`.
 */
export const PolicyAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('entry'),
    id: z.string(),
    basis: z.enum(['plan', 'not-stated']),
    text: z.string(),
    /** The plan's own sentence, where it says what the short answer may have missed. */
    quote: z.string().nullable(),
    citations: z.array(Citation),
    related: z.array(Candidate),
  }),
  z.object({
    kind: z.literal('sentence'),
    text: z.string(),
    citations: z.array(Citation),
  }),
  z.object({
    kind: z.literal('clauses'),
    clauses: z.array(Citation.extend({ text: z.string() })),
  }),
  z.object({ kind: z.literal('unsure'), candidates: z.array(Candidate) }),
  z.object({
    kind: z.literal('guarded'),
    guard: z.enum([
      'otherPlace',
      'otherYear',
      'otherBenefit',
      'greeting',
      'thanks',
      'goodbye',
      'whoAreYou',
      'smallTalk',
      'abuse',
      'injection',
      'noise',
      'legal',
    ]),
    /** The place, year or benefit that was recognised. */
    name: z.string(),
  }),
  z.object({ kind: z.literal('refused') }),
  z.object({ kind: z.literal('gone') }),
])
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/** In the middle of a form only a real answer interrupts; a doubt does not. */
export function isPolicyAnswer(value: unknown): boolean {
  const answer = PolicyAnswer.safeParse(value)
  return answer.success && (answer.data.kind === 'entry' || answer.data.kind === 'sentence')
}
