import { accept, type Checked, reject } from './field-input.ts'

/**
 * Checks a person's name as the identity card has it: two or more Chinese characters, with a `·` in
 * between where there is one, or a name in Latin letters. Spaces between Chinese characters and a
 * label in front fall away; any of the dots people type becomes `·` (GB 18030: A1A4), any circle `〇`.
 */
export function checkName(typed: string): Checked {
  const name = normaliseName(typed)
  if (name === '') return reject('form.nameEmpty')
  if (
    SENTENCE.test(name) ||
    (isLong(name) && LONG_SENTENCE.test(name) && !WRITTEN_NAME.test(name))
  ) {
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

/** Talk and no name (身份证掉了, 不得搞咯): by what no name on an identity card holds. */
const SENTENCE =
  /[?？]|[吗呢嘛咯噻啦]$|什么|怎么|为啥|[我您啥咋哎]|不[说填告想得要会晓知在行懂认敢干搞]|保密|身份证|户口本|填|拿到|手机|电话|号码|名字|没电|老师|政府|补[贴助]|怎样|^(?:没有|你好|谢谢|好的|在不在|人工)|\b(?:why|what|hello|hi|thanks|brb)\b/i
/** So in what is longer than most names: 了凡, 没藏, 等 and You are in names. */
const LONG_SENTENCE =
  /[了哦哈吧呗哟不]$|[的很]|.[没这们你]|^(?:你|没|这|等|喊|帮|先|再|算了|有人|能不能|可不可以|能|可)|烦|\b(?:i|i'?m|i'?ve|the|this|that|these|is|are|it|how|where|when|lost|please|sorry|too|my|you|your|me|help|do|does|don'?t|can'?t|cannot|not)\b/i
/** Do Van My, 阿依·没藏: capitals, or a dot between. */
const WRITTEN_NAME = /^(?:\p{Lu}\p{Ll}*[ '-]?){2,5}$|·/u
const isLong = (name: string) =>
  /\p{Script=Han}/u.test(name) ? [...name].length > 4 : name.split(' ').length > 2
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
