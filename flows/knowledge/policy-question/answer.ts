import * as z from 'zod'
import type { KeyedText } from '../../engine/types.ts'

const Citation = z.object({ clause: z.string(), document: z.string(), section: z.string() })
const Candidate = z.object({ id: z.string(), question: z.string() })

/** A FAQ entry as the answer to a question. */
const EntryAnswer = z.object({
  id: z.string(),
  basis: z.enum(['plan', 'not-stated']),
  text: z.string(),
  /** The plan's own sentence, where it says what the short answer may have missed. */
  quote: z.string().nullable(),
  /** That sentence in the person's language, where that is not the plan's: a translation of ours. */
  gloss: z.string().nullish(),
  /** The plan's year, where the person spoke of this year and the answer names none. */
  year: z.number().nullish(),
  citations: z.array(Citation),
})
export type EntryAnswer = z.infer<typeof EntryAnswer>

/**
 * What the runner answers to the policy queries, already in the person's language.
 * `entry`: a FAQ entry; `several`: one for each of several questions; `sentence`: the plan's own words; `clause`: a whole clause for `看原文`.
 */
export const PolicyAnswer = z.discriminatedUnion('kind', [
  EntryAnswer.extend({ kind: z.literal('entry'), related: z.array(Candidate) }),
  z.object({
    kind: z.literal('several'),
    answers: z.array(EntryAnswer),
    /** Of all of them, each clause once. */
    citations: z.array(Citation),
  }),
  z.object({
    kind: z.literal('sentence'),
    text: z.string(),
    gloss: z.string().nullish(),
    citations: z.array(Citation),
  }),
  z.object({
    kind: z.literal('clauses'),
    clauses: z.array(Citation.extend({ text: z.string() })),
  }),
  z.object({
    kind: z.literal('unsure'),
    candidates: z.array(Candidate),
    /** What goes with the last answer was asked for. */
    more: z.boolean().optional(),
  }),
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
  z.object({
    kind: z.literal('refused'),
    /** It has nothing to do with the programme. */
    offTopic: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('gone') }),
])
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/**
 * What the product does about a question, with what the plan says of it. `first`: what the words are more likely about.
 * `offers`: buttons that work at any time, best first.
 */
export const ServiceAnswer = z.object({
  kind: z.literal('service'),
  first: z.enum(['service', 'plan']),
  offers: z.array(
    z.object({
      value: z.string(),
      // Our own label: checked as a message when it is rendered.
      label: z.custom<KeyedText>((label) => typeof label === 'object' && label !== null),
    }),
  ),
  plan: PolicyAnswer.nullable(),
})
export type ServiceAnswer = z.infer<typeof ServiceAnswer>

/** In the middle of a form only a real answer interrupts; a doubt does not. */
export function isPolicyAnswer(value: unknown): boolean {
  if (ServiceAnswer.safeParse(value).success) return true
  const answer = PolicyAnswer.safeParse(value)
  return answer.success && ['entry', 'several', 'sentence'].includes(answer.data.kind)
}

/** The entry that the next question may lean on: the one that answered, the last one of several. */
export function entryToGoOnFrom(answer: PolicyAnswer): string | null {
  switch (answer.kind) {
    case 'entry':
      return answer.id
    case 'several':
      return answer.answers.at(-1)?.id ?? null
    default:
      return null
  }
}
