import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Bilingual } from '../../flows/programme/bilingual.ts'
import { CONFIDENCE_TEXT, RESULT_TEXT, VERDICT_TEXT } from '../../flows/programme/words.ts'
import { createTranslate } from '../../locales/i18n.ts'

const { rules, places } = guiyang2018()
const translate = createTranslate()

it('has a sentence for every verdict, and none is a plain no', () => {
  for (const key of Object.values(VERDICT_TEXT)) {
    expect(translate('zh-Hans', key)).not.toMatch(/不符合|不合格|不能申请|没有资格|拒绝/)
    expect(translate('en', key)).not.toMatch(/not eligible|rejected|cannot apply|refused/i)
  }
  for (const key of [...Object.values(RESULT_TEXT), ...Object.values(CONFIDENCE_TEXT)]) {
    expect(translate('zh-Hans', key)).not.toBe(translate('en', key))
  }
})

const words: Bilingual[] = [
  ...rules.questions.flatMap(({ text, explain, options }) => [
    text,
    explain,
    ...options.flatMap((one) =>
      [one.name, one.explain, one.proof].filter((it) => it !== undefined),
    ),
  ]),
  ...rules.rules.flatMap(({ name, lines, change }) => [name, change, ...Object.values(lines)]),
  ...rules.review.map(({ name }) => name),
  ...places.own.map(({ name }) => name),
  ...places.elsewhere.flatMap(({ name, note }) => [name, note]),
]

it('speaks Chinese in Chinese, with full-width marks, and refuses nobody', () => {
  for (const { 'zh-Hans': zh, en } of words) {
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(zh).not.toMatch(/\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}/u)
    expect(zh).not.toMatch(/不符合|不合格|不能申请|没有资格|拒绝|补助10万/)
    expect(en).toMatch(/[a-z]/)
  }
})

it('explains each question and each key group to who is not sure, and names what proves it', () => {
  for (const { id, explain } of rules.questions)
    expect(explain['zh-Hans'].length, id).toBeLessThan(90)
  const groups = rules.questions.find(({ id }) => id === 'groups')
  expect(groups?.options).toHaveLength(7)
  for (const { id, explain, proof } of groups?.options ?? []) {
    expect(explain, id).toBeDefined()
    expect(proof, id).toBeDefined()
  }
})
