import { numberOf, readings } from '../../../engine/hearing.ts'

type Line = { readonly label: string }

/** Other words for what lines are called. */
const SAID: readonly (readonly [said: RegExp, called: RegExp])[] = [
  [/电话|手机|\bphone|\bmobile/, /手机|mobile/],
  [/名字|姓名|^我?叫|\bname$|\bmy name/, /^姓名|^name$/],
  [/身份证|\bid\b|identity/, /身份证|identity/],
  [/地址|哪个?区|区县|\baddress|\bdistrict/, /所在区|district/],
  [/店名|公司名|企业名|\bbusiness name|\bcompany/, /企业名称|name of the business/],
  [/行业|做什么|哪一?行|\bindustry|\btrade/, /^行业|line of business/],
  [/投|本钱|多少钱|金额|\bmoney|\binvest/, /投入|own money/],
  [/人数|几个人|多少人|\bpeople|\bstaff/, /人数|people at work/],
  [/执照|licen[cs]e/, /营业执照|licen[cs]e/],
  [/用途|用在|\bpurpose/, /用在|money is for/],
  [/谁的|\bwhose/, /谁的账户|whose account/],
  [/户名|持卡人|\bholder/, /^户名|account holder/],
  [/开户|银行(?!卡)|哪家行|\bbank(?! account)/, /^开户银行|^bank/],
  [/账号|账户号|卡号|银行卡|\baccount|\bcard/, /^账号|^account number/],
]

/** 改成139…, 应该是…, "to …": what it should be. */
const VALUE =
  /^(.*?)(?:要|想)?(?:改成|改为|换成|应该是|应为|不是.+?是|是|\bto\b|\bshould be\b|\bis\b)[:：\s]*(?![:：\s])(?!错|不对|有误|什么|多少|wrong|not\b)(.+)$/i
const AROUND =
  /^(?:把|我的|我|the|my|please|i want to|要|想|请|帮我)+\s*|^(?:改一?下?|修改|更正|更改|换一?下?|第|change|edit|correct|fix)\s*|(?:的)?(?:有误|不对|错了|[填写打搞弄输按记]错了|要改|改一下|改掉|改|变了|换了|那一?项|这一?项|is wrong|wrong|was wrong)$/gi

/** 账号错了，是…: the mark between what is wrong and what is right. */
const PAUSE = /[\s,，。;；:：、]+$/

/**
 * The line of a review that a sentence is about, by its number, its name or another word for it, and what it is to be where
 * that is said too: `3`, `改3`, `手机号不对`, `手机号改成139…`. Null where it is about none.
 */
export function pickLine<One extends Line>(
  lines: readonly One[],
  typed: string,
): { line: One; value: string | null } | null {
  const [, name, value] = VALUE.exec(typed.normalize('NFKC').trim()) ?? []
  if (name !== undefined && value !== undefined) {
    const number = numberOf(name)
    const called = named(lines, name.replace(PAUSE, '').replace(AROUND, '').trim())
    const meant = called ?? (number === null ? undefined : lines[number - 1])
    if (meant !== undefined) return { line: meant, value: value.trim() }
  }
  for (const said of readings(typed, { wish: false })) {
    const bare = said.replace(AROUND, '').replace(AROUND, '').trim()
    const number = numberOf(bare) ?? numberOf(said)
    const line = number === null ? named(lines, bare) : lines[number - 1]
    if (line !== undefined) return { line, value: null }
  }
  return null
}

/** The only line that is called so, or that another word is for. */
function named<One extends Line>(lines: readonly One[], said: string): One | undefined {
  const wanted = said.toLowerCase()
  if (!/\p{Script=Han}{2}|\p{L}{3}|\bid\b/u.test(wanted)) return undefined
  const exact = lines.find(({ label }) => label.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const part = lines.filter(({ label }) => label.toLowerCase().includes(wanted))
  const [only] = part
  if (only !== undefined && part.length === 1) return only
  const called = SAID.find(([words]) => words.test(wanted))?.[1]
  return called === undefined
    ? undefined
    : lines.find(({ label }) => called.test(label.toLowerCase()))
}
