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
  /** What is only built when first needed, to be called one after the other before people ask, so that no turn builds it. */
  readonly parts: readonly (() => void)[]
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
 * Indexes a corpus (once a revision; see `parts`) and answers from it (well under a millisecond for a
 * question, a few for a letter). Pure: the same question after the same answer always gets the same decision.
 */
export function createKnowledge(corpus: Corpus): Knowledge {
  const entries = new Map(corpus.entries.map((entry) => [entry.id, entry]))
  const clauses = new Map(corpus.clauses.map((clause) => [clause.id, clause]))
  const leads = once(() => createLeads(corpus.entries))
  const everyday = corpus.everyday ?? NO_TALK
  const sentences = once(() => createSentences(corpus.clauses))
  const voiceIn = (script: Script): Omit<Voice, 'leadOf'> => {
    const prepared = preparedOnce(script)
    const domain = once(() =>
      createDomain(corpus.entries, { script, near: corpus.programme.near, everyday, prepared }),
    )
    return {
      script,
      ranker: createRanker(corpus.entries, script, prepared),
      domain: (prepared) => domain()(prepared),
      asksElse: createAspects(script),
      sentences,
      programme: corpus.programme,
      subjects: corpus.subjects ?? [],
    }
  }
  // A cold start waits for neither.
  const chinese = once(() => voiceIn('zh'))
  const english = once(() => voiceIn('en'))
  const textsIn = (locale: Locale) =>
    corpus.entries.flatMap(({ words: { [locale]: own } }) => [
      own.question,
      ...own.variants,
      own.answer,
    ])
  const readPinyin = once(() => createPinyinReader(textsIn('zh-Hans'), textsIn('en'), everyday))
  const voiceOf = (question: string, locale: Locale) =>
    scriptOf(question, locale) === 'zh' ? chinese() : english()

  return {
    revision: corpus.revision,
    parts: [
      chinese,
      () => chinese().domain(''),
      readPinyin,
      leads,
      english,
      () => english().domain(''),
      () => {
        for (const entry of corpus.entries) sentences().evidenceOf(entry)
      },
    ],
    decide(question, locale, after) {
      const typed = question.slice(0, LONGEST)
      const asked = readPinyin()(typed) ?? typed
      const conduct = guardConduct(asked)
      if (conduct) return { kind: 'guarded', guard: conduct }
      const before = after === undefined ? undefined : entries.get(after)
      const leadOf = (entry: Entry, text: string) => leads()(entry, text, locale)
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

/** Prepares a text but once, for the two parts that read the same texts; what is asked for a second time is forgotten. */
function preparedOnce(script: Script): (text: string) => string {
  const kept = new Map<string, string>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) {
      kept.delete(text)
      return known
    }
    const made = prepare(text, script)
    kept.set(text, made)
    return made
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
