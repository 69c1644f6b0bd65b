import type { Locale } from '../../locales/keys.ts'
import { BANDS, decideByRank } from './decide.ts'
import { guardConduct, guardSubject, guardTalk, guardUnanswered } from './guards.ts'
import { createRanker, type Ranked, type Ranker } from './rank.ts'
import { createSentenceFinder } from './sentences.ts'
import { type Script, scriptOf } from './tokenise.ts'
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
  const quote = createSentenceFinder(corpus.clauses)

  const rank = (question: string, locale: Locale) =>
    rankerOf(scriptOf(question, locale))(question.slice(0, LONGEST))

  /** What the texts say, whatever the guards think. */
  const lookUp = (question: string, script: Script, ranked: readonly Ranked[]): Decision => {
    const decision = decideByRank(ranked, BANDS[script])
    if (decision && decision.kind !== 'unsure') return decision
    const quotation = script === 'zh' ? quote(question) : undefined
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
