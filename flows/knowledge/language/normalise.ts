import { normaliseNumbers } from './numbers.ts'
import { createReplacer } from './replace-words.ts'
import synonyms from './synonyms.json' with { type: 'json' }
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
  const said = normaliseForm(text).replace(OPENING, '')
  return replaceWords(normaliseNumbers(said)).replace(FINAL, '')
}

/** 喂, 师傅: a part of a message that only calls somebody. */
export const isOpening = (text: string) => `${normaliseForm(text)},.`.replace(OPENING, '') === '.'

/** What calls somebody before anything is said: 喂，师傅，哎呀. */
const OPENING =
  /^(?:(?:喂+|哎+[呀哟]?|唉+|诶+|嘿+|哈[喽罗]|嗨|[您你]好[呀啊哇]?|在[吗不]?|老师|师傅|同志|领导|老板|老乡|大[哥姐爷妈]|兄弟|妹子|朋友|亲|那个|麻烦)(?:,|们,)|[您你]好[呀啊哇]?(?=.{4}))+(?=.)/u

/** Particles at the end of a clause, and the 不 that makes a question of a statement. */
const FINAL =
  /(?:[吗呢啊吧嘛呀哦咯啦呗噻哟嗯呃诶]|(?<![什怎这那多要])么|(?<=[\p{Script=Han}]{2})不)+(?=[,?:]|$)/gu

/**
 * Words that mean the same here, each written as one of them, and fillers, which carry nothing: of what is indexed and of what
 * is asked alike, longest first, once.
 */
const replaceWords = createReplacer(
  new Map([
    ...synonyms.fillers.map((word) => [word, ''] as const),
    ...Object.entries(synonyms.same).flatMap(([one, words]) =>
      words.map((word) => [word, one] as const),
    ),
  ]),
)
