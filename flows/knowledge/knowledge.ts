import type { Locale } from '../../locales/keys.ts'
import { BANDS, decideByRank } from './decide.ts'
import { guardConduct, guardSubject, guardTalk, guardUnanswered } from './guards.ts'
import { createRanker, type Ranked, type Ranker } from './rank.ts'
import { createSentences, type Sentences } from './sentences.ts'
import { prepare, type Script, scriptOf, type Terms, tokenise } from './tokenise.ts'
import type { Clause, Corpus, Decision, Entry } from './types.ts'

/** A corpus one can ask. */
export type Knowledge = {
  readonly revision: string
  decide(question: string, locale: Locale): Decision
  /** What the gate saw, best first: for the console and for calibration. */
  rank(question: string, locale: Locale): readonly Ranked[]
  related(entryId: string): Entry[]
  entry(id: string): Entry | undefined
  clause(id: string): Clause | undefined
}

/**
 * Indexes a corpus (about 100 ms, once per process) and answers from it (well under one).
 * Pure: the same question always gets the same decision.
 */
export function createKnowledge(corpus: Corpus): Knowledge {
  const entries = new Map(corpus.entries.map((entry) => [entry.id, entry]))
  const clauses = new Map(corpus.clauses.map((clause) => [clause.id, clause]))
  const chinese = createRanker(corpus.entries, 'zh')
  // English is asked rarely and a cold start should not wait for it.
  let english: Ranker | undefined
  const rankerOf = (script: Script): Ranker => {
    if (script === 'zh') return chinese
    english ??= createRanker(corpus.entries, 'en')
    return english
  }
  let split: Sentences | undefined
  const sentences = () => {
    split ??= createSentences(corpus.clauses)
    return split
  }

  const rank = (question: string, locale: Locale) =>
    rankerOf(scriptOf(question, locale))(question.slice(0, LONGEST))

  /** What the texts say, whatever the guards think. */
  const lookUp = (question: string, script: Script, ranked: readonly Ranked[]): Decision => {
    const quote = () => {
      const best = ranked[0]?.entry
      if (!best) return null
      const said = best.words['zh-Hans'].answer
      return sentences().fitting(wantedOf(question, script, ranked), best.clauses, said)
    }
    const decision = decideByRank(ranked, BANDS[script], isVague(question, script), quote)
    if (decision && decision.kind !== 'unsure') return decision
    const quotation = script === 'zh' ? sentences().nearest(question) : undefined
    if (quotation && quotation.coverage >= QUOTABLE) {
      const { clause, sentence, score } = quotation
      return { kind: 'clause', clause, sentence, score }
    }
    return decision ?? { kind: 'refused' }
  }

  const decide = (question: string, locale: Locale): Decision => {
    const asked = question.slice(0, LONGEST)
    const conduct = guardConduct(asked)
    if (conduct) return { kind: 'guarded', guard: conduct }
    const script = scriptOf(asked, locale)
    const ranked = rankerOf(script)(asked)
    const found = lookUp(asked, script, ranked)
    if (ranked[0]?.verbatim) return found
    const guard = guardTalk(asked) ?? guardSubject(asked, corpus.programme)
    // That the plan is silent is as true of another year, and says more.
    const silent = found.kind === 'not-stated' && guard?.kind === 'other-year'
    if (guard && !silent) return { kind: 'guarded', guard }
    if (found.kind !== 'unsure' && found.kind !== 'refused') return found
    const unanswered = guardUnanswered(asked)
    return unanswered ? { kind: 'guarded', guard: unanswered } : found
  }

  return {
    revision: corpus.revision,
    decide,
    rank,
    related: (id) => (entries.get(id)?.related ?? []).flatMap((other) => entries.get(other) ?? []),
    entry: (id) => entries.get(id),
    clause: (id) => clauses.get(id),
  }
}

/** Longer messages are cut: nobody asks in more, and time must not grow with what is pasted. */
const LONGEST = 400

/** So much of a question must stand in one sentence before we quote it. */
const QUOTABLE = 0.8

/**
 * What a quotation should hold: the question's own words, and what the nearest entries of the same clauses
 * say, for one of them may be the one that was meant. The best entry is left out, since it is said already,
 * unless the question is its very own. The plan is Chinese: an English question's own words find nothing.
 */
function wantedOf(question: string, script: Script, ranked: readonly Ranked[]): Terms {
  const wanted = new Map(script === 'zh' ? termsOf(question) : [])
  const [best, ...others] = ranked.slice(0, NEAREST)
  if (!best) return wanted
  for (const { entry, score } of best.verbatim ? [best] : others) {
    const isSibling = entry.clauses.some((clause) => best.entry.clauses.includes(clause))
    if (entry.basis !== 'plan' || !isSibling) continue
    const weight = HINT * (score / best.score) ** 2
    for (const [term, count] of termsOf(entry.words['zh-Hans'].answer)) {
      wanted.set(term, (wanted.get(term) ?? 0) + Math.min(count, 2) * weight)
    }
  }
  return wanted
}

const termsOf = (text: string) => tokenise([prepare(text, 'zh')], 'zh')

/** How many entries have a say in what is quoted, and how much beside the question's own words. */
const NEAREST = 5
const HINT = 0.3

/** A word or two (台帐, 廉政) may mean anything in a clause. */
function isVague(question: string, script: Script): boolean {
  return script === 'zh'
    ? (prepare(question, 'zh').match(/[\p{L}\p{N}]/gu) ?? []).length <= 4
    : question.trim().split(/\s+/).length <= 2
}
