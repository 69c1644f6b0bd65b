import { instead, kinship, questionOf, spokenOf, wantsOf } from './follow-up.ts'
import { prepare } from './language/tokenise.ts'
import type { Decision, Entry } from './types.ts'
import { answered, speakingOfIt, type Voice } from './voice.ts'
import { firstOf, together, type WeighedQuestion } from './weigh.ts'

/** Words that lean on the answer before them: its kin go first, by these words and by both questions together. */
export function goOn(
  voice: Voice,
  asked: string,
  pieces: readonly WeighedQuestion[],
  before: Entry,
  owner: number | undefined,
): Decision | undefined {
  const { ranker, script } = voice
  const wants = wantsOf(asked)
  if (wants === 'again') return answered(voice, asked, before, 1, [])
  if (wants === 'more') {
    const related = before.related.flatMap(
      (id) => ranker.entries.find((one) => one.id === id) ?? [],
    )
    return related.length === 0
      ? undefined
      : { kind: 'unsure', candidates: related.slice(0, 3), more: true }
  }
  if (voice.domain(prepare(asked, script)) < OURS_IN_TALK) return undefined
  const own = together(pieces)
  const named = instead(asked, script)
  const past = ranker.gather(questionOf(before, script))
  const subjects = spokenOf(asked, before, voice.subjects, script)
  const scores = new Float64Array(ranker.entries.length)
  for (let id = 0; id < scores.length; id++) {
    const gain = own.gains[id] ?? 0
    const entry = ranker.entries[id]
    if (gain === 0 || entry === undefined) continue
    const joint = (gain + (past.gains[id] ?? 0)) / (own.total + past.total)
    const alone = Math.min(1, gain / own.total) + (id === owner ? VERY_WORDS : 0)
    const kin = entry === before ? AGAIN : kinship(entry, before) * (named === null ? KIN : KIN / 2)
    const isSpokenOf = subjects.some(({ entries }) => entries.includes(entry.id))
    scores[id] = alone + kin + JOINT * joint + (isSpokenOf ? SPOKEN_OF : 0)
  }
  const found = firstOf(ranker.entries, scores)
  const scored = owner === undefined ? (speakingOfIt(voice, asked, found) ?? []) : found
  const [first] = scored
  if (first === undefined || named === '') return undefined
  const alone = (own.gains[first.id] ?? 0) / own.total
  if (alone < LEAST_ALONE) return undefined
  return answered(voice, asked, first.entry, first.score, scored)
}

/** Of a few words after an answer only what is surely about something else is not ours. */
const OURS_IN_TALK = 0.08
const KIN = 0.12
const JOINT = 0.5
const SPOKEN_OF = 0.2
/** Nobody asks the same again, save to make sure. */
const AGAIN = 0.05
const VERY_WORDS = 0.2
const LEAST_ALONE = 0.1
