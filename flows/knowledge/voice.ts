import type { AsksElse } from './aspects.ts'
import type { Domain } from './domain.ts'
import { namedIn } from './follow-up.ts'
import type { Script } from './language/tokenise.ts'
import type { Ranker } from './rank.ts'
import type { Sentences } from './sentences.ts'
import type { Answered, Entry, GuardedProgramme, Subject } from './types.ts'
import type { Scored } from './weigh.ts'

/** All that is needed to answer in one language. */
export type Voice = {
  readonly script: Script
  readonly ranker: Ranker
  readonly domain: Domain
  readonly asksElse: AsksElse
  readonly sentences: () => Sentences
  readonly programme: GuardedProgramme
  readonly subjects: readonly Subject[]
  /** Yes or no, in the person's language. */
  readonly leadOf: (entry: Entry, asked: string) => string | null
}

/** An entry as the answer to `asked`; `ranked` begins with it, `doubt` holds what else may have been meant. */
export function answered(
  voice: Voice,
  asked: string,
  entry: Entry,
  score: number,
  ranked: readonly Scored[],
  doubt: readonly Entry[] = [],
): Answered {
  const runnersUp = ranked.slice(1, 4).map((other) => other.entry.id)
  return entry.basis === 'not-stated'
    ? { kind: 'not-stated', entry, score, runnersUp }
    : {
        kind: 'answer',
        entry,
        quote: quoteOf(voice, entry),
        score,
        runnersUp,
        doubt,
        lead: doubt.length > 0 ? null : voice.leadOf(entry, asked),
      }
}

/**
 * Entries, best first, without those that are about a thing of which something else is asked; undefined where nothing else
 * fits nearly as well. Where one of two sums is named, what is about the other one counts less.
 */
export function speakingOfIt<One extends Scored>(
  voice: Voice,
  asked: string,
  found: readonly One[],
): readonly One[] | undefined {
  const ranked = ofTheNamed(voice, asked, found)
  const [first] = ranked
  if (first === undefined) return ranked
  const isElse = voice.asksElse(asked)
  if (!isElse(first.entry)) return ranked
  const others = ranked.filter(({ entry }) => !isElse(entry))
  return (others[0]?.score ?? 0) >= NEARLY * first.score ? others : undefined
}

/** Entries about a sibling of the subject that is named are put behind. */
function ofTheNamed<One extends Scored>(
  { subjects, script, ranker }: Voice,
  asked: string,
  ranked: readonly One[],
): readonly One[] {
  const [named, another] = namedIn(asked.replace(FIGURES, ''), subjects, script)
  if (named === undefined || another !== undefined) return ranked
  const clauses = ranker.entries.flatMap((entry) =>
    named.entries.includes(entry.id) ? entry.clauses : [],
  )
  const isOther = (entry: Entry) =>
    subjects.some(({ entries }) => entries.includes(entry.id)) &&
    !named.entries.includes(entry.id) &&
    entry.clauses.some((clause) => clauses.includes(clause))
  return ranked
    .map((one) => (isOther(one.entry) ? { ...one, score: OTHER * one.score } : one))
    .sort((a, b) => b.score - a.score)
}

/** A sum is told as often as it is named. */
const FIGURES = /[\d.,一二三四五六七八九]+万[一二三四五六七八九]?|\d[\d.,]*/g
const NEARLY = 0.75
const OTHER = 0.55

/** The plan's own sentence that carries an entry's answer; null where the answer says as much. */
export function quoteOf(voice: Voice, entry: Entry | undefined): string | null {
  return entry === undefined ? null : voice.sentences().evidenceOf(entry)
}
