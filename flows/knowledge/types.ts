import type { Locale } from '../../locales/keys.ts'

/** What an entry says in one language. `variants` are other ways to put its question. */
type EntryWords = {
  readonly question: string
  readonly answer: string
  readonly variants: readonly string[]
}

/**
 * One question people ask, with its answer. `plan`: the plan itself answers it, and `clauses` says
 * where. `not-stated`: people ask it, the plan is silent, and the answer says so.
 */
export type Entry = {
  readonly id: string
  readonly topic: string
  readonly basis: 'plan' | 'not-stated'
  readonly clauses: readonly string[]
  readonly words: Readonly<Record<Locale, EntryWords>>
  readonly related: readonly string[]
  /** Phrasings of either language that are answered by yes, and by no, where the answer does not begin so. */
  readonly polar?: { readonly yes: readonly string[]; readonly no: readonly string[] }
}

/** One numbered part of the plan, word for word. */
export type Clause = { readonly id: string; readonly title: string; readonly text: string }

/**
 * What the guards must know of a programme: the places it is for (its city, that city's districts,
 * and the province above, whose documents it carries out) and the years it is for.
 */
export type GuardedProgramme = {
  readonly places: readonly string[]
  /** Other places that people nearby may name. */
  readonly near: { readonly 'zh-Hans': readonly string[]; readonly en: readonly string[] }
  readonly years: readonly string[]
}

/** What several entries are about and talk goes on about without naming it. `names` are folded. */
export type Subject = {
  readonly id: string
  readonly names: Readonly<Record<Locale, readonly string[]>>
  readonly entries: readonly string[]
}

/** Everything that can be searched. `revision` names this version of the texts. */
export type Corpus = {
  readonly revision: string
  readonly programme: GuardedProgramme
  readonly entries: readonly Entry[]
  readonly clauses: readonly Clause[]
  readonly subjects?: readonly Subject[]
  /** Talk about anything else: what the gate tells questions of ours from. Without it nothing is kept out. */
  readonly everyday?: EverydayTalk
}

/** Sentences of both languages that are about anything else. */
export type EverydayTalk = { readonly zh: readonly string[]; readonly en: readonly string[] }

export const NO_TALK: EverydayTalk = { zh: [], en: [] }

/** Small talk we recognise, each with an answer of its own. */
export type SmallTalk = 'greeting' | 'thanks' | 'who-are-you' | 'bye' | 'praise' | 'filler'

/** Why a message is not looked up, although some entry may share most of its words. */
export type Guard =
  /** Another city or province, named as it was written. */
  | { readonly kind: 'other-place'; readonly place: string }
  /** A year this plan is not for: `2024`, or `今年` as written. */
  | { readonly kind: 'other-year'; readonly year: string }
  /** A pension, a housing fund, a wage: another office's matter. */
  | { readonly kind: 'other-benefit'; readonly benefit: string }
  | { readonly kind: 'small-talk'; readonly topic: SmallTalk }
  /** Insults: answered once, politely. */
  | { readonly kind: 'abuse' }
  /** Attempts to make us say or be something. */
  | { readonly kind: 'injection' }
  /** Digits, one repeated character, emoji, punctuation: nothing was asked. */
  | { readonly kind: 'noise' }
  /** Crime, debts, lawsuits, evasion: a lawyer's matter, not ours. */
  | { readonly kind: 'legal' }

/** A question that an entry answers. `runnersUp` are ids of the next best, best first. */
export type Answered =
  /** Show this entry. `quote` is the plan's own sentence that carries the answer, null where the answer says as much. */
  | {
      readonly kind: 'answer'
      readonly entry: Entry
      readonly quote: string | null
      readonly score: number
      readonly runnersUp: readonly string[]
      /** Where it is only the likeliest: what else may have been meant, to be offered beside it. */
      readonly doubt: readonly Entry[]
      /** Yes or no, said first where that was asked and the answer does not begin with it. */
      readonly lead: string | null
    }
  /** The best entry is one that says the plan is silent. */
  | {
      readonly kind: 'not-stated'
      readonly entry: Entry
      readonly score: number
      readonly runnersUp: readonly string[]
    }

/** What to do with a message. Closed: every kind has its own way of being answered. */
export type Decision =
  | Answered
  /** Several questions in one message, each with its own answer. */
  | {
      readonly kind: 'several'
      readonly answers: readonly Answered[]
      /** What was asked beside them and nothing here answers, in the person's words. */
      readonly open: readonly string[]
    }
  /** No entry fits, yet one sentence of the plan does: quote it, and say that it is a quotation. */
  | {
      readonly kind: 'clause'
      readonly clause: Clause
      readonly sentence: string
      readonly score: number
    }
  /** Perhaps one of these, at most three. `more`: what goes with the last answer was asked for. */
  | { readonly kind: 'unsure'; readonly candidates: readonly Entry[]; readonly more?: true }
  | { readonly kind: 'guarded'; readonly guard: Guard }
  /** Nothing here is about that; `offTopic`: nor has it to do with the programme at all. */
  | { readonly kind: 'refused'; readonly offTopic: boolean }
