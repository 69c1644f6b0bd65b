import { fold } from './normalise.ts'
import { prepare, type Script } from './tokenise.ts'
import type { Entry } from './types.ts'

/**
 * Whether a message may lean on the answer before it: a few words (那谁出, and disabled people?), or words
 * that point back (这个, it, the other one).
 */
export function leansBack(text: string, script: Script): boolean {
  const said = fold(text)
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
const BACK_EN = /^(?:and|so|but|then|what about|how about)\b|\b(?:it|its|they|them|that|this|those|these|there|one)\b/

/** What a message names instead of what was spoken of (残疾人呢, what about tea?), without the frame; null: it has no such frame. */
export function instead(text: string, script: Script): string | null {
  const said = fold(text).replace(/[?,!]+$/, '')
  const frame = script === 'zh' ? INSTEAD_ZH : INSTEAD_EN
  const found = frame.exec(said)
  return found?.[1] ?? found?.[2] ?? null
}

const INSTEAD_ZH = /^(?:那|那么|还有|如果是|要是)?(.{1,12}?)(?:又)?呢$|^那(.{1,8})$/u
const INSTEAD_EN = /^(?:and |but |so )?(?:what about|how about|what if(?: it is| i'm| i am)?) (.{2,60})$|^and (?:(?:for|if i'm|if i am) )?(.{2,60})$/

/** How closely two entries belong together, from 0 to 1.4. */
export function kinship(one: Entry, other: Entry): number {
  const isRelated = one.related.includes(other.id) || other.related.includes(one.id)
  const sharesClause = one.clauses.some((clause) => other.clauses.includes(clause))
  return (isRelated ? 0.6 : 0) + (sharesClause ? 0.5 : 0) + (one.topic === other.topic ? 0.3 : 0)
}

/** The question of an entry as one would go on from it. */
export const questionOf = (entry: Entry, script: Script) =>
  prepare(entry.words[script === 'zh' ? 'zh-Hans' : 'en'].question, script)
