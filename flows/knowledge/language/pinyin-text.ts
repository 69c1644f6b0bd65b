import type { EverydayTalk } from '../types.ts'
import { STOP } from './english.ts'
import { normaliseForm } from './normalise.ts'
import { blur, syllable } from './pinyin.ts'

/** Reads Chinese that was typed in Latin letters without tones; null where a text is none. */
export type PinyinReader = (text: string) => string | null

/**
 * Whether a text is surely Chinese in Latin letters (butie duoshao qian): every word can be cut into syllables
 * and most are no English words. A single short word (change) may be either, so it is not.
 */
export function isPinyin(text: string): boolean {
  const words = wordsOf(text)
  return (words.length > 1 || (words[0]?.length ?? 0) > 8) && mayBePinyin(text, EVERYDAY)
}

function mayBePinyin(text: string, english: ReadonlySet<string>): boolean {
  if (HAN.test(text)) return false
  const words = wordsOf(text)
  if (words.length === 0 || !words.every((word) => ALL_SYLLABLES.test(word))) return false
  const known = words.filter((word) => english.has(word)).length
  return words.join('').length >= 4 && known * 2 < words.length
}

/**
 * Learns from Chinese texts which character follows which, and from English ones what is no pinyin, to read syllables as the likeliest of them: a Viterbi
 * search over all ways to cut the letters. About 20 ms, once a revision.
 */
export function createPinyinReader(
  texts: readonly string[],
  englishTexts: readonly string[],
  everyday: EverydayTalk,
): PinyinReader {
  const english = new Set([...STOP, ...[...everyday.en, ...englishTexts].flatMap(wordsOf)])
  const { charsOf, after, counts, total } = learn([...texts, ...everyday.zh, ...GREETINGS])

  /** How likely a character is here, as a logarithm. */
  const likely = (before: number, char: number) => {
    const count = counts[char] ?? 0
    const pair = before < 0 ? 0 : (after.get(before * PAIR + char) ?? 0)
    const held = before < 0 ? 1 : (counts[before] ?? 1)
    return Math.log(0.8 * (pair / held) + 0.2 * (count / total))
  }

  /** The likeliest characters of one word, going on from those before it. */
  const readWord = (word: string, starts: readonly Path[]): readonly Path[] => {
    const paths: (readonly Path[])[] = [starts]
    for (let end = 1; end <= word.length; end++) {
      const here = new Map<number, Path>()
      for (let from = Math.max(0, end - LONGEST_SYLLABLE); from < end; from++) {
        const before = paths[from] ?? []
        const sound = word.slice(from, end)
        if (before.length === 0 || !ONE_SYLLABLE.test(sound)) continue
        for (const { id, char } of charsOf.get(blur(sound)) ?? UNHEARD) {
          for (const path of before) {
            const step = id < 0 ? UNHEARD_COST : likely(path.id, id)
            const score = path.score + step - CUT_COST
            if (score > (here.get(id)?.score ?? -Infinity))
              here.set(id, { id, score, text: path.text + char })
          }
        }
      }
      paths.push([...here.values()].sort((a, b) => b.score - a.score).slice(0, KEPT))
    }
    return paths.at(-1) ?? []
  }

  return (text) => {
    if (!mayBePinyin(text, english)) return null
    let paths: readonly Path[] = [{ id: -1, score: 0, text: '' }]
    for (const word of wordsOf(text).slice(0, MOST_WORDS)) paths = readWord(word, paths)
    return paths[0]?.text ?? null
  }
}

/** What was read so far, with its last character. */
type Path = { readonly id: number; readonly score: number; readonly text: string }
type Char = { readonly id: number; readonly char: string }

function learn(texts: readonly string[]) {
  const ids = new Map<string, number>()
  const counts: number[] = []
  const after = new Map<number, number>()
  for (const text of texts) {
    let before = -1
    for (const char of text) {
      if (char < '\u3400' || !HAN.test(char)) {
        before = -1
        continue
      }
      const id = ids.get(char) ?? ids.size
      ids.set(char, id)
      counts[id] = (counts[id] ?? 0) + 1
      if (before >= 0) {
        const pair = before * PAIR + id
        after.set(pair, (after.get(pair) ?? 0) + 1)
      }
      before = id
    }
  }
  const charsOf = new Map<string, Char[]>()
  for (const [char, id] of ids) {
    const sound = syllable(char)
    charsOf.set(sound, [...(charsOf.get(sound) ?? []), { id, char }])
  }
  for (const chars of charsOf.values()) {
    chars.sort((a, b) => (counts[b.id] ?? 0) - (counts[a.id] ?? 0)).splice(MOST_CHARS)
  }
  return { charsOf, after, counts, total: counts.reduce((sum, count) => sum + count, 0) || 1 }
}

const wordsOf = (text: string) =>
  normaliseForm(text)
    .match(/[a-z]+|\d+/g)
    ?.filter((w) => /[a-z]/.test(w)) ?? []

/** The syllables of Mandarin, by what they begin with; those without a beginning stand first. */
const SOUND = `(?:${[
  'ang|ai|an|ao|a|eng|ei|en|er|e|ou|o',
  '[bpm](?:iao|ian|ing|ang|eng|ie|iu|in|ai|ei|ao|ou|an|en|a|o|i|u)',
  'me',
  'f(?:ang|eng|ei|ou|an|en|a|o|u)',
  '[dtnl](?:iang|iao|ian|ing|uan|ang|eng|ong|ia|ie|iu|in|uo|ui|un|ue|ve|ai|ei|ao|ou|an|en|a|e|i|u|v)',
  '[gkh](?:uang|uai|uan|ang|eng|ong|ua|uo|ui|un|ai|ei|ao|ou|an|en|a|e|u)',
  '[jqx](?:iang|iong|iao|ian|ing|uan|ia|ie|iu|in|ue|un|i|u)',
  '(?:zh|ch|sh|r)(?:uang|uai|uan|ang|eng|ong|ua|uo|ui|un|ai|ei|ao|ou|an|en|a|e|i|u)',
  '[zcs](?:uan|ang|eng|ong|uo|ui|un|ai|ei|ao|ou|an|en|a|e|i|u)',
  'y(?:uan|ang|ing|ong|ue|un|ao|ou|an|in|a|e|i|u|o)',
  'w(?:ang|eng|ai|ei|an|en|a|o|u)',
].join('|')})`
const ONE_SYLLABLE = new RegExp(`^${SOUND}$`)
const ALL_SYLLABLES = new RegExp(`^${SOUND}+$`)
const HAN = /\p{Script=Han}/u

/** Enough English to tell it from pinyin: the small words, and those that could be cut into syllables. */
const EVERYDAY: ReadonlySet<string> = new Set([
  ...STOP,
  ...(
    'age base beijing bike came change china cinema date delete die eaten fence game headache ' +
    'heating house language late licence like long machine made make mean meaning medicine more name ' +
    'ocean open paying police policeman ran rate rice running see senate sentence song sun take taxi ' +
    'tea ten tie time tv wage'
  ).split(' '),
])

/** Said so often that their sounds mean them. */
const GREETINGS = [
  '你好',
  '您好',
  '谢谢',
  '谢谢你',
  '谢谢您',
  '再见',
  '你好啊',
  '好的谢谢',
].flatMap((text) => Array.from({ length: 20 }, () => text))

const UNHEARD: readonly Char[] = [{ id: -1, char: '某' }]
const UNHEARD_COST = -12
/** Keeps xian from being read as xi an. */
const CUT_COST = 1.5
const LONGEST_SYLLABLE = 6
const MOST_CHARS = 12
const KEPT = 12
const MOST_WORDS = 40
/** More than there are characters. */
const PAIR = 65_536
