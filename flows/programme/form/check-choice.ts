import { simplify } from '../../knowledge/language/traditional.ts'
import { accept, type Checked, reject } from './field-input.ts'
import type { FormField } from './form-field.ts'

const NONE =
  /^(?:没有|没|没得|无|都不是|都不属于|都没有|不属于|不是|以上都不是|none|none of these|no|neither)$/
/** None of the list: where there is "another one", it is that. */
const NONE_OF_ALL =
  /^(?:都不是|都不属于|以上都不是|都没有|一个都(?:没有|不是)|没有合适的|none of (?:these|them|the above)|neither|something else|none)$/
// 嗯, 行 and "ok" only go along with what was said: they are no yes to a fact.
const YES =
  /^(?:已经|早就|刚|都)?(?:是|对|有|要|需要|想|会|在|办|办好|办下来)(?:的|了|过|啊|呀|呢|执照)*$|^(?:yes|y|yeah|yep|yup|i do|i have|yes i (?:do|have|am))$/
const NO =
  /^(?:还|暂时|目前|现在)?(?:不|没|没有|没得|否|无)(?:的|了|过|啊|呀|呢|到|办|执照|是|有|要|需要|用|想|会|在)*$|^(?:no|n|nope|not yet|none|i don'?t)$/

/** Checks yes or no. */
export function checkYesNo(typed: string): Checked {
  const text = normaliseChoice(typed)
  if (text === '') return reject('form.yesNoEmpty')
  if (YES.test(text)) return accept(true)
  if (NO.test(text)) return accept(false)
  if (/\d/.test(text)) return reject('form.yesNoNumber')
  if (/是不是|有没有|yes\W+(?:or\W+)?no|又是又不|也是也不/.test(text))
    return reject('form.yesNoBoth')
  if (/正在|在办|办理中|快了|以后|打算|准备|过几天|soon|later|planning/.test(text)) {
    return reject('form.yesNoLater')
  }
  return reject('form.yesNoUnclear')
}

/** Checks one option, typed by its number, its name, a part of it or a word for it. */
export function checkOneOf({ options = [] }: FormField, typed: string): Checked {
  const text = normaliseChoice(typed)
  if (text === '') return reject('form.choiceEmpty')
  const numbers = numbersIn(text)
  if (numbers !== null) {
    const option = options[Number(numbers[0]) - 1]
    if (numbers.length > 1) return reject('form.choiceSeveral')
    return option ? accept(option.id) : reject('form.choiceNumber', { max: options.length })
  }
  const none = options.find(({ id }) => id === 'none')
  const other = options.find(({ id }) => id === 'other')
  if (none === undefined && other !== undefined && NONE_OF_ALL.test(text)) return accept(other.id)
  if (NONE.test(text)) return none ? accept(none.id) : reject('form.choiceNone')
  const found = named(options, text)
  const [only] = found
  if (only === undefined) return reject('form.choiceUnknown')
  if (NEGATION.test(text)) return reject('form.choiceNegated')
  return found.length === 1 ? accept(only.id) : { ok: false, which: found.map(({ id }) => id) }
}

/** Checks several options, by their numbers or their names; "none of these" is an answer. */
export function checkSomeOf({ options = [] }: FormField, typed: string): Checked {
  const text = normaliseChoice(typed)
  if (text === '') return reject('form.severalEmpty')
  if (NONE.test(text)) return accept([])
  const numbers = numbersIn(text)
  if (numbers !== null) {
    const ids = numbers.map((number) => options[Number(number) - 1]?.id)
    return ids.every((id) => id !== undefined)
      ? accept(inOrder(options, ids))
      : reject('form.choiceNumber', { max: options.length })
  }
  const parts = text.split(/[、,;/和与及]|\band\b/).filter((part) => part.trim() !== '')
  const found = parts.map((part) => named(options, part.trim()))
  if (found.every((some) => some.length === 0)) return reject('form.severalUnknown')
  if (NEGATION.test(text)) return reject('form.severalNegated')
  if (found.some((some) => some.length === 0)) return reject('form.severalPart')
  const unclear = found.find((some) => some.length > 1)
  if (unclear !== undefined && found.length === 1) return { ok: false, which: unclear.map(idOf) }
  return unclear === undefined
    ? accept(inOrder(options, found.flat().map(idOf)))
    : reject('form.severalPart')
}

type Option = NonNullable<FormField['options']>[number]

const idOf = ({ id }: Option) => id

/** A part of a name that says which: two Chinese characters, or four letters. */
const LONG_ENOUGH = /\p{Script=Han}{2}|\p{L}{4}/u

const NEGATION = /[不没非无]|\b(?:not|no|never|without)\b|n't\b/

function normaliseChoice(typed: string): string {
  return simplify(typed.normalize('NFKC'))
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/[。.!?,\s]+$/u, '')
}

/** `2`, `第2个`, `1 3`, `1、3和五`; null where words are left. */
function numbersIn(text: string): string[] | null {
  const digits = text.replace(
    /[一二三四五六七八九]/g,
    (char) => `${'一二三四五六七八九'.indexOf(char) + 1} `,
  )
  const rest = digits.replace(/\d+|[第个项,、和与及&\s]|\band\b/g, '')
  return rest === '' ? digits.match(/\d+/g) : null
}

/** Those whose name is typed; else those whose name or other word stands in it, or begins so. */
function named(options: readonly Option[], text: string): Option[] {
  const namesOf = ({ name, aliases = [] }: Option) =>
    [name['zh-Hans'], name.en, ...aliases].map((one) => one.normalize('NFKC').toLowerCase())
  const exact = options.filter((option) => namesOf(option).includes(text))
  if (exact.length > 0) return exact
  return options.filter((option) =>
    namesOf(option).some(
      (name) => stands(name, text) || (LONG_ENOUGH.test(text) && stands(text, name)),
    ),
  )
}

/** Whether a word stands in a text: a Latin one where a word begins, and a short one alone (`me` is not in `someone`). */
function stands(word: string, text: string): boolean {
  if (!LATIN.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isBegun = !/\p{L}/u.test(text.charAt(at - 1))
    const isWhole = word.length >= 4 || !/\p{L}/u.test(text.charAt(at + word.length))
    if (isBegun && isWhole) return true
  }
  return false
}

const LATIN = /^\p{Script=Latin}/u

function inOrder(options: readonly Option[], ids: readonly (string | undefined)[]): string[] {
  return options.map(idOf).filter((id) => ids.includes(id))
}
