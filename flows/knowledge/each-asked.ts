import { kinship, leansBack } from './follow-up.ts'
import { goOn } from './go-on.ts'
import { englishWords } from './language/english.ts'
import type { Script } from './language/tokenise.ts'
import { FITTING, short } from './one-question.ts'
import type { Answered, Entry } from './types.ts'
import { answered, speakingOfIt, type Voice } from './voice.ts'
import { best, type Scored, type WeighedQuestion } from './weigh.ts'

/** The questions of a message that are answered, each entry once, and the words of those that nothing answers. */
export type EachAsked = { readonly answers: readonly Answered[]; readonly open: readonly string[] }

/**
 * Answers each question of a message by itself, with what was told before it, or as it leans on the question before it
 * (券能干什么，怎么领). Nothing for a message that asks one thing.
 */
export function eachAsked(voice: Voice, pieces: readonly WeighedQuestion[]): EachAsked {
  const asking = pieces.filter(({ asks }) => asks)
  if (asking.length < 2) return { answers: [], open: [] }
  const answers = new Map<string, Answered>()
  const open: string[] = []
  let before: Entry | undefined
  for (const piece of asking) {
    const found = answerOf(voice, pieces, piece, before)
    if (found === undefined) {
      if (isQuestionOfItsOwn(piece, voice.script)) open.push(piece.text.trim())
      continue
    }
    before = found.entry
    if (!answers.has(before.id)) answers.set(before.id, found)
  }
  return { answers: [...answers.values()].slice(0, MOST_ANSWERS), open: open.slice(0, MOST_OPEN) }
}

/**
 * What is asked before the first question that is another office's matter (补多少，社保断了怎么办), and that question among
 * those that nothing answers; undefined where nothing before it is surely ours.
 */
export function beforeGuarded(
  voice: Voice,
  pieces: readonly WeighedQuestion[],
  isGuarded: (piece: WeighedQuestion) => boolean,
): EachAsked | undefined {
  const at = pieces.findIndex((piece) => piece.asks && isGuarded(piece))
  const ours = pieces.slice(0, Math.max(0, at))
  const answers = new Map<string, Answered>()
  for (const piece of ours) {
    if (!piece.asks) continue
    const found = answerOf(voice, ours, piece, undefined)
    if (found === undefined || found.score < FITTING) return undefined
    answers.set(found.entry.id, found)
  }
  if (answers.size === 0) return undefined
  return { answers: [...answers.values()], open: [pieces[at]?.text.trim() ?? ''] }
}

/** What a piece that asks is surely about. */
function answerOf(
  voice: Voice,
  pieces: readonly WeighedQuestion[],
  piece: WeighedQuestion,
  before: Entry | undefined,
): Answered | undefined {
  const { script, ranker } = voice
  const owner = ranker.ownerOf(piece.prepared)
  const owned = owner === undefined ? undefined : ranker.entries[owner]
  const leaning = before !== undefined && leansBack(piece.text, script) ? before : undefined
  if (leaning !== undefined && POINTS_BACK.test(piece.prepared)) {
    const led = ledBy(voice, piece, leaning)
    if (led !== undefined) return led
  }
  if (owned !== undefined) return answered(voice, piece.text, owned, 1, [])
  const at = pieces.indexOf(piece)
  const told = pieces.slice(0, at).filter(({ asks }) => !asks)
  const found = best(ranker, [[piece], ...told.slice(-3).map((one) => [one, piece])])
  const scored = speakingOfIt(voice, piece.text, found) ?? []
  const [first] = scored
  if (first !== undefined && first.score >= SURE[script]) {
    const meant = meantByIt(voice, piece, leaning, first) ?? narrowed(voice, piece, told, first)
    if (meant !== undefined) return meant
    return answered(voice, toldBefore(pieces, at) + piece.text, first.entry, first.score, scored)
  }
  // A few words may match little of anything and still be sure by themselves.
  if (piece.prepared.length <= FEW) {
    const alone = short(voice, piece.text, [piece], undefined)
    if (alone.kind === 'not-stated') return alone
    if (alone.kind === 'answer' && alone.doubt.length === 0) return alone
  }
  const led = leaning === undefined ? undefined : ledBy(voice, piece, leaning)
  if (led === undefined || !isQuestionOfItsOwn(piece, script)) return led
  const gain = piece.gains[ranker.entries.indexOf(led.entry)] ?? 0
  return gain >= SAYS_SO * piece.total ? led : undefined
}

/** And who is eligible for it, 谁来评定: as likely about what was spoken of as about anything. */
function meantByIt(
  voice: Voice,
  piece: WeighedQuestion,
  leaning: Entry | undefined,
  first: Scored,
): Answered | undefined {
  const led = leaning === undefined ? undefined : ledBy(voice, piece, leaning)
  if (leaning === undefined || led === undefined || kinship(led.entry, leaning) < KIN) {
    return undefined
  }
  const gain = piece.gains[voice.ranker.entries.indexOf(led.entry)] ?? 0
  const enough = /\bit\b/.test(piece.prepared) ? AS_LIKELY : NEARLY
  return gain >= enough * first.score * piece.total ? led : undefined
}

/** 我坐轮椅，算不算重点人群: of one clause's entries the one that what is told names. */
function narrowed(
  voice: Voice,
  piece: WeighedQuestion,
  told: readonly WeighedQuestion[],
  { entry, score }: Scored,
): Answered | undefined {
  if (told.length === 0 || ASKS_WHICH.test(piece.prepared)) return undefined
  const toldOf = (id: number) =>
    Math.max(...told.map(({ gains, total }) => (gains[id] ?? 0) / total))
  const { entries } = voice.ranker
  let most = { gain: Math.max(NAMES_IT, toldOf(entries.indexOf(entry))), id: -1 }
  for (const [id, other] of entries.entries()) {
    if (other === entry || !other.clauses.some((clause) => entry.clauses.includes(clause))) continue
    if ((piece.gains[id] ?? 0) < HALF * score * piece.total) continue
    const gain = toldOf(id)
    if (gain > most.gain) most = { gain, id }
  }
  const found = entries[most.id]
  return found === undefined ? undefined : answered(voice, piece.text, found, score, [])
}

function ledBy(voice: Voice, piece: WeighedQuestion, before: Entry): Answered | undefined {
  const led = goOn(voice, piece.text, [piece], before, voice.ranker.ownerOf(piece.prepared))
  return led?.kind === 'answer' || led?.kind === 'not-stated' ? led : undefined
}

/** What stands right before a question and is told: yes or no may hang on it. */
function toldBefore(pieces: readonly WeighedQuestion[], at: number): string {
  const before = pieces[at - 1]
  return before === undefined || before.asks ? '' : `${before.text}，`
}

/** Whether words say what they ask about: 那咋办 and 是不是真的 ask about what was told. */
function isQuestionOfItsOwn({ text, prepared }: WeighedQuestion, script: Script): boolean {
  if (/[这那]|\b(?:this|that)\b/.test(prepared)) return false
  return script === 'zh'
    ? prepared.replace(ASKING_WORDS, '').replace(/\P{L}/gu, '').length >= LEAST_NAMED.zh
    : englishWords(text.toLowerCase()).filter((word) => !ASKING_WORDS_EN.has(word)).length >=
        LEAST_NAMED.en
}

/** He, they, that: whoever was spoken of. */
const POINTS_BACK = /^(?:[他她它]们?|那|这)|\b(?:they|them|he|she)\b/
const ASKING_WORDS =
  /怎么办|怎么|什么|哪个|哪里|为什么|多少|多久|还有|没有|不晓得|知道|请问|真的|假的|一下|应该|可以|[我你您咱们的了吗呢啊吧嘛不没有是能会要行该办搞弄整去到来说讲问想就都也还又再人家个些点在得着过啥哪样么]/g
const ASKING_WORDS_EN = new Set(
  'what how when where who why which do get go know true ok way thing'.split(' '),
)
/** So many letters or words beside those that ask. */
const LEAST_NAMED: Readonly<Record<Script, number>> = { zh: 2, en: 2 }

/** What asks for more than yes or no. */
const ASKS_WHICH =
  /什么|哪|多少|多久|怎么|谁|几|为什么|\b(?:what|which|who|how|where|when|why|howmuch|howmany)\b/
/** A told piece that an entry matches so far names it. */
const NAMES_IT = 0.4
const HALF = 0.5
/** What leans on a question and names something itself must be about that, too. */
const SAYS_SO = 0.4
const AS_LIKELY = 0.7
const NEARLY = 0.95
/** Of one clause at least. */
const KIN = 0.5

/** From this score a piece of a message is answered by itself. */
const SURE: Readonly<Record<Script, number>> = { zh: 0.22, en: 0.15 }
/** Characters of a question that is looked up once more as it stands. */
const FEW = 24
/** More answers than this are not read. */
export const MOST_ANSWERS = 4
const MOST_OPEN = 2
