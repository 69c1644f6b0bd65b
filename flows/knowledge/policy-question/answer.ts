import type { QueryReply } from '../../engine/queries.ts'
import type { KeyedText } from '../../engine/types.ts'

export type { PolicyQuery } from '../../engine/queries.ts'

type Citation = { clause: string; document: string; section: string }
type Candidate = { id: string; question: string }

/** A FAQ entry as the answer to a question. */
export type EntryAnswer = {
  id: string
  basis: 'plan' | 'not-stated'
  text: string
  /** The plan's own sentence, where it says what the short answer may have missed. */
  quote: string | null
  /** That sentence in the person's language, where that is not the plan's: a translation of ours. */
  gloss?: string | null
  /** The plan's year, where the person spoke of this year and the answer names none. */
  year?: number | null
  citations: Citation[]
}

/**
 * What the runner answers to the policy queries, already in the person's language.
 * `entry`: a FAQ entry; `several`: one for each of several questions; `sentence`: the plan's own words; `clause`: a whole clause for `看原文`.
 */
export type PolicyAnswer =
  | (EntryAnswer & {
      kind: 'entry'
      related: Candidate[]
      /** Where it is only the likeliest: the question that it answers, and what else may have been meant. */
      doubt?: { question: string; others: Candidate[] }
    })
  | {
      kind: 'several'
      answers: EntryAnswer[]
      /** What was asked beside them and nothing answers, in the person's words. */
      open: string[]
      /** Of all of them, each clause once. */
      citations: Citation[]
    }
  | { kind: 'sentence'; text: string; gloss?: string | null; citations: Citation[] }
  | { kind: 'clauses'; clauses: (Citation & { text: string })[] }
  | {
      kind: 'unsure'
      candidates: Candidate[]
      /** What goes with the last answer was asked for. */
      more?: boolean
    }
  | {
      kind: 'guarded'
      guard:
        | 'otherPlace'
        | 'otherYear'
        | 'otherBenefit'
        | 'greeting'
        | 'thanks'
        | 'goodbye'
        | 'whoAreYou'
        | 'smallTalk'
        | 'abuse'
        | 'injection'
        | 'noise'
        | 'legal'
      /** The place, year or benefit that was recognised. */
      name: string
    }
  | {
      kind: 'refused'
      /** It has nothing to do with the programme. */
      offTopic?: boolean
    }
  | { kind: 'gone' }

/**
 * What the product does about a question, with what the plan says of it. `first`: what the words are more likely about;
 * `both`: both were asked for.
 * `offers`: buttons that work at any time, best first.
 */
export type ServiceAnswer = {
  kind: 'service'
  first: 'service' | 'plan' | 'both'
  offers: { value: string; label: KeyedText }[]
  plan: PolicyAnswer | null
  /** The place of the programme whose office is asked for. */
  place?: string
}

/** What the world answers to what is asked of the policy. */
export type PolicyReply = PolicyAnswer | ServiceAnswer

/** In the middle of a form only a real answer interrupts; a doubt does not. */
export function isPolicyAnswer({ policy }: QueryReply): boolean {
  return policy !== undefined && ['service', 'entry', 'several', 'sentence'].includes(policy.kind)
}

/** Guards that are about the question itself, wherever it is asked. */
const ABOUT_THE_QUESTION: ReadonlySet<string> = new Set([
  'otherPlace',
  'otherYear',
  'otherBenefit',
  'whoAreYou',
  'smallTalk',
  'abuse',
  'injection',
  'legal',
])

/** Beside a mere list also what has no answer is said, where the words asked something. */
export function isPolicyRemark({ policy }: QueryReply, asks: boolean): boolean {
  switch (policy?.kind) {
    case 'guarded':
      return ABOUT_THE_QUESTION.has(policy.guard)
    case 'unsure':
    case 'clauses':
    case 'refused':
      return asks
    default:
      return false
  }
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
