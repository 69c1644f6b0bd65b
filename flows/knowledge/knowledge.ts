import type { Locale } from '../../locales/keys.ts'
import { createAspects } from './aspects.ts'
import { createDomain } from './domain.ts'
import { guardConduct } from './guards.ts'
import { createPinyinReader } from './language/pinyin-text.ts'
import { prepare, type Script, scriptOf } from './language/tokenise.ts'
import { decideMessage } from './message.ts'
import { createRanker, type Ranked } from './rank.ts'
import { createSentences } from './sentences.ts'
import { type Clause, type Corpus, type Decision, type Entry, NO_TALK } from './types.ts'
import type { Voice } from './voice.ts'
import { createLeads } from './yes-no.ts'

/** A corpus one can ask. */
export type Knowledge = {
  readonly revision: string
  /** Builds what is only built when first needed, so that no turn has to: before people ask. */
  ready(): void
  /** `after`: the entry that answered the question before, where the talk goes on from it. */
  decide(question: string, locale: Locale, after?: string): Decision
  /** What the gate saw, best first: for the console and for calibration. */
  rank(question: string, locale: Locale): readonly Ranked[]
  /** Whether a question is, once normalised, one of the entries' own phrasings. */
  owns(question: string, locale: Locale): boolean
  related(entryId: string): Entry[]
  entry(id: string): Entry | undefined
  clause(id: string): Clause | undefined
}

/**
 * Indexes a corpus (once a revision; see `ready`) and answers from it (well under a millisecond for a
 * question, a few for a letter). Pure: the same question after the same answer always gets the same decision.
 */
export function createKnowledge(corpus: Corpus): Knowledge {
  const entries = new Map(corpus.entries.map((entry) => [entry.id, entry]))
  const clauses = new Map(corpus.clauses.map((clause) => [clause.id, clause]))
  const leads = createLeads(corpus.entries)
  const everyday = corpus.everyday ?? NO_TALK
  const sentences = once(() => createSentences(corpus.clauses))
  const voiceIn = (script: Script): Omit<Voice, 'leadOf'> => {
    const domain = once(() => createDomain(corpus.entries, script, corpus.programme.near, everyday))
    return {
      script,
      ranker: createRanker(corpus.entries, script),
      domain: (prepared) => domain()(prepared),
      asksElse: createAspects(script),
      sentences,
      programme: corpus.programme,
      subjects: corpus.subjects ?? [],
    }
  }
  const chinese = voiceIn('zh')
  // English is asked rarely and a cold start should not wait for it.
  const english = once(() => voiceIn('en'))
  const textsIn = (locale: Locale) =>
    corpus.entries.flatMap(({ words: { [locale]: own } }) => [
      own.question,
      ...own.variants,
      own.answer,
    ])
  const readPinyin = once(() => createPinyinReader(textsIn('zh-Hans'), textsIn('en'), everyday))
  const voiceOf = (question: string, locale: Locale) =>
    scriptOf(question, locale) === 'zh' ? chinese : english()

  return {
    revision: corpus.revision,
    ready() {
      readPinyin()
      for (const voice of [chinese, english()]) voice.domain('')
      for (const entry of corpus.entries) sentences().evidenceOf(entry)
    },
    decide(question, locale, after) {
      const typed = question.slice(0, LONGEST)
      const asked = readPinyin()(typed) ?? typed
      const conduct = guardConduct(asked)
      if (conduct) return { kind: 'guarded', guard: conduct }
      const before = after === undefined ? undefined : entries.get(after)
      const leadOf = (entry: Entry, text: string) => leads(entry, text, locale)
      return decideMessage({ ...voiceOf(asked, locale), leadOf }, asked, before)
    },
    rank(question, locale) {
      const { ranker, script } = voiceOf(question, locale)
      return ranker.rank(prepare(question.slice(0, LONGEST), script))
    },
    owns(question, locale) {
      if (question.length > LONGEST) return false
      const { ranker, script } = voiceOf(question, locale)
      return ranker.ownerOf(prepare(question, script)) !== undefined
    },
    related: (id) => (entries.get(id)?.related ?? []).flatMap((other) => entries.get(other) ?? []),
    entry: (id) => entries.get(id),
    clause: (id) => clauses.get(id),
  }
}

/** Longer messages are cut: nobody asks in more, and time must not grow with what is pasted. */
const LONGEST = 400

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
