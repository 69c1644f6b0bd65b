import { normaliseNumbers } from './numbers.ts'
import { createReplacer } from './replace-words.ts'
import { FILLERS, SYNONYMS } from './synonyms.ts'
import { simplify } from './traditional.ts'

/**
 * Folds what only looks different: width, case, Traditional characters, punctuation, spaces.
 * The guards read this form: every word is still the one that was typed.
 */
export function normaliseForm(text: string): string {
  return simplify(text.normalize('NFKC').toLowerCase())
    .replace(/[∶︰]/g, ':')
    .replace(/[“”„«»「」『』《》〈〉〔〕【】［］"'‘’`]/g, (c) => (/['‘’]/.test(c) ? "'" : ' '))
    .replace(/[、。,;!?·…~—–]+/g, (marks) => (marks.includes('?') ? '?' : ','))
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<![a-z0-9]) | (?![a-z0-9])/g, '')
}

/** Folds further what means the same: numbers, synonyms, fillers, final particles. For the index. */
export function normalise(text: string): string {
  return replaceWords(normaliseNumbers(normaliseForm(text))).replace(FINAL, '')
}

/** Particles at the end of a clause, and the 不 that makes a question of a statement. */
const FINAL =
  /(?:[吗呢啊吧嘛呀哦咯啦呗噻哟嗯呃诶]|(?<![什怎这那多要])么|(?<=[\p{Script=Han}]{2})不)+(?=[,?:]|$)/gu

const replaceWords = createReplacer(
  new Map([
    ...FILLERS.map((word) => [word, ''] as const),
    ...SYNONYMS.flatMap(([words, one]) => words.map((word) => [word, one] as const)),
  ]),
)
