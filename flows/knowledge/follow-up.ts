import { normaliseForm } from './language/normalise.ts'
import { prepare, type Script } from './language/tokenise.ts'
import type { Entry, Subject } from './types.ts'

/**
 * Whether a message may lean on the answer before it: a few words (那谁出, and disabled people?), or words
 * that point back (这个, it, the other one).
 */
export function leansBack(text: string, script: Script): boolean {
  const said = normaliseForm(text)
  if (script === 'zh') {
    const size = (said.match(/[\p{Script=Han}\d]|[a-z]+/gu) ?? []).length
    return size <= SHORT_ZH || (size <= 2 * SHORT_ZH && BACK_ZH.test(said))
  }
  const size = said.split(/\s+/).length
  return size <= SHORT_EN || (size <= 2 * SHORT_EN && BACK_EN.test(said))
}

const SHORT_ZH = 9
const SHORT_EN = 6
const BACK_ZH = /^那|^还有|它|他们|她们|这个|这笔|这些|这种|那个|那笔|那些|那种|前面|后面|上面|呢$/u
const BACK_EN =
  /^(?:and|so|but|then|what about|how about)\b|\b(?:it|its|they|them|that|this|those|these|there|one)\b/

/** What a few words want of the answer before them: to hear it once more with its evidence, or what goes with it. */
export function wantsOf(text: string): 'again' | 'more' | null {
  const said = normaliseForm(text).replace(/[?,!]+$/, '')
  if (AGAIN.test(said)) return 'again'
  return MORE.test(said) ? 'more' : null
}

const AGAIN =
  /^(?:那?(?:这|这个|那个|这句话?)?(?:是)?(?:什么|啥子?|哪样)意思[啊嘛呀]?|(?:我|还是)?(?:不懂|不明白|没(?:听|看|太)?(?:懂|明白|清楚))(?:啊|哦|你说的|什么意思)?|解释一?下|说?清楚一?点|真的吗?|真的假的|确定吗?|你?确定[吗不]?|有依据吗|(?:哪个|谁)说的|再说一遍|what do(?:es)? (?:that|it|this|you) mean|i (?:don't|do not) (?:get|understand)(?: it| that| this)?|explain(?: that| it| this)?(?: please)?|(?:really|is that true|are you sure)|who says(?: so)?|say (?:that|it) again)$/
const MORE =
  /^(?:然后呢?|还有呢?|还有(?:什么|别的|其他的?)?(?:吗|没有)?|别的呢?|继续|and then|what else|anything else|go on|more)$/

/** What a message names instead of what was spoken of (残疾人呢, what about tea?), without the frame; null: it has no such frame. */
export function instead(text: string, script: Script): string | null {
  const said = normaliseForm(text).replace(/[?,!]+$/, '')
  const frame = script === 'zh' ? INSTEAD_ZH : INSTEAD_EN
  const found = frame.exec(said)
  return found?.[1] ?? found?.[2] ?? null
}

const INSTEAD_ZH = /^(?:那|那么|还有|如果是|要是)?(.{1,12}?)(?:又)?呢$|^那(.{1,8})$/u
const INSTEAD_EN =
  /^(?:and |but |so )?(?:what about|how about|what if(?: it is| i'm| i am)?) (.{2,60})$|^and (?:(?:for|if i'm|if i am) )?(.{2,60})$/

/** How closely two entries belong together, from 0 to 1.4. */
export function kinship(one: Entry, other: Entry): number {
  const isRelated = one.related.includes(other.id) || other.related.includes(one.id)
  const sharesClause = one.clauses.some((clause) => other.clauses.includes(clause))
  return (isRelated ? 0.6 : 0) + (sharesClause ? 0.5 : 0) + (one.topic === other.topic ? 0.3 : 0)
}

/** The question of an entry as one would go on from it. */
export const questionOf = (entry: Entry, script: Script) =>
  prepare(entry.words[script === 'zh' ? 'zh-Hans' : 'en'].question, script)

/** The subjects that a text names. */
export function namedIn(
  text: string,
  subjects: readonly Subject[],
  script: Script,
): readonly Subject[] {
  const said = normaliseForm(text)
  const locale = script === 'zh' ? 'zh-Hans' : 'en'
  return subjects.filter(({ names }) => names[locale].some((name) => said.includes(name)))
}

/** The subjects that a message names, or where it names none the ones of the entry before it. */
export function spokenOf(
  text: string,
  before: Entry,
  subjects: readonly Subject[],
  script: Script,
): readonly Subject[] {
  const named = namedIn(text, subjects, script)
  return named.length > 0 ? named : subjects.filter(({ entries }) => entries.includes(before.id))
}
