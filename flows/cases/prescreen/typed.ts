import { type Answer, NOT_SURE } from '../../programme/rules/answers.ts'
import type { AskedQuestion } from './reply.ts'

const YES = /^(是|是的|对|对的|有|有的|在|会|yes|y|yeah|yep)$/
const NO = /^(不|不是|没|没有|没得|否|不在|不会|no|n|nope|none)$/
const THAT_IS_ALL = /^(就这些|就这个|没有了|没了|完了|好了|that'?s all|done|都不是|none of these)$/
const UNSURE =
  /^(说不准|不清楚|不知道|不晓得|不确定|说不清|拿不准|not sure|unsure|don'?t know|idk)$/
const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
}

/** What typed words answer to a question without looking anything up, or null. */
export function answerTyped(
  { answerKind, options }: Pick<AskedQuestion, 'answerKind' | 'options'>,
  typed: string,
): Answer | null {
  const text = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[。.!?,\s]+$/u, '')
  if (UNSURE.test(text)) return NOT_SURE
  switch (answerKind) {
    case 'yes-no':
      return YES.test(text) ? true : NO.test(text) ? false : null
    case 'number':
      return numberIn(text)
    case 'one-of':
      return options.find(({ name }) => name.toLowerCase() === text)?.id ?? null
    case 'some-of':
      return NO.test(text) || THAT_IS_ALL.test(text)
        ? { has: [], unsure: [] }
        : severalIn(text, options)
  }
}

/** `3`, `3个人`, `三个`, `about 3`: a small number and nothing else that could be meant. */
function numberIn(text: string): number | null {
  const [digits, ...more] = text.match(/\d+/g) ?? []
  if (digits !== undefined) return more.length === 0 && digits.length <= 4 ? Number(digits) : null
  const [word] = /^(零|一|两|二|三|四|五|六|七|八|九|十)(?=个|人|位|名|$)/.exec(text) ?? []
  if (word !== undefined) return DIGITS[word] ?? null
  return NO.test(text) ? 0 : null
}

/** `1 3`, `1、3和5`: the options by their numbers; or the options whose names are typed. */
function severalIn(text: string, options: AskedQuestion['options']): Answer | null {
  if (/^[\d\s,、和与及&+and]+$/.test(text)) {
    const numbers = (text.match(/\d+/g) ?? []).map(Number)
    const has = numbers.map((number) => options[number - 1]?.id)
    if (has.length > 0 && has.every((id) => id !== undefined)) return { has, unsure: [] }
    return null
  }
  const named = options.filter(({ name }) => {
    const plain = name.toLowerCase()
    return text.includes(plain) || (text.length >= 2 && plain.includes(text))
  })
  return named.length === 0 ? null : { has: named.map(({ id }) => id), unsure: [] }
}
