import { accept, type Checked, reject } from './field-input.ts'

/**
 * Checks a person's name as the identity card has it: two or more Chinese characters, with a `·` in
 * between where there is one, or a name in Latin letters. Spaces between Chinese characters and a
 * label in front fall away; any of the dots people type becomes `·` (GB 18030: A1A4), any circle `〇`.
 */
export function checkName(typed: string): Checked {
  const name = normaliseName(typed)
  if (name === '') return reject('form.nameEmpty')
  if (SENTENCE.test(name)) {
    return reject('form.nameSentence')
  }
  if (/\d/.test(name)) return reject('form.nameDigits')
  if (TITLE.test(name)) return reject('form.nameTitle')
  if (!/^[\p{Script=Han}\p{Script=Latin}\p{M}·'’ -]+$/u.test(name)) return reject('form.nameMarks')
  // 〇 is a character of names, and to Unicode a number.
  const letters = [...name.replace(/[^\p{L}\p{Script=Han}]/gu, '')]
  if (letters.length < 2) return reject('form.nameShort')
  const limit = /\p{Script=Han}/u.test(name) ? 25 : 60
  if ([...name].length > limit) return reject('form.nameLong', { max: limit })
  return accept(name)
}

const SENTENCE =
  /[?？]|[吗呢]$|什么|怎么|为啥|不想|不说|不填|不告诉|保密|^(?:没有|您好|你好|谢谢|好的|在不在|人工)|\b(?:why|what|hello|hi|thanks)\b/i
const TITLE =
  /^\p{Script=Han}{1,2}(?:先生|女士|小姐|老板|师傅|同志|老师|阿姨|大哥|大姐|大爷|经理)$|^(?:mr|mrs|ms|miss)\b/iu

function normaliseName(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(
      /^\s*(?:我的名字[叫是]|我名叫|我叫|我是|本人|名字|姓名|叫|my name is)\s*[:是为]?\s*/iu,
      '',
    )
    .replace(/^[·.\s]+|[。.,!;·\s]+$/gu, '')
    .replace(/(?<=\p{Script=Han})\s*[·・•‧∙⋅.]\s*(?=\p{Script=Han})/gu, '·')
    .replace(/(?<=\p{Script=Han}\s*)[○◯]/gu, '〇')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}
