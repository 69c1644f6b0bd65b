import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import type { Decision } from '../../flows/knowledge/types.ts'
import type { Locale } from '../../locales/keys.ts'
import { createAsker } from '../eval/asker.ts'

const asker = createAsker(guiyang2018())
const decide = (question: string, locale: Locale = 'zh-Hans') =>
  asker.ask(question, locale).decision
const entryOf = (decision: Decision) => ('entry' in decision ? decision.entry.id : decision.kind)

it.each([
  ['商标下证要多长时间', 'zh-Hans'],
  ['开民宿得领哪些证', 'zh-Hans'],
  ['养鸭子用什么饲料', 'zh-Hans'],
  ['种茶叶亩产有几多', 'zh-Hans'],
  ['what does it cost to register a trademark', 'en'],
  ['how do I feed chickens in winter', 'en'],
] as const)('refuses what is asked of a thing that the plan only names: %s', (question, locale) => {
  expect(['refused', 'not-stated', 'guarded']).toContain(decide(question, locale).kind)
})

it.each([
  ['养鸭子算不算支持的产业', 'industry-poultry', 'zh-Hans'],
  ['注册商标能用电子券不', 'voucher-trademark', 'zh-Hans'],
  ['多久督查一回', 'inspection-frequency', 'zh-Hans'],
  ['can the voucher pay for a trademark', 'voucher-trademark', 'en'],
] as const)('still answers what the plan says of it: %s', (question, id, locale) => {
  expect(entryOf(decide(question, locale))).toBe(id)
})

it('says that somebody who has a firm elsewhere asks of another place, and not of who came back', () => {
  const there = decide('我在成都有家小店，你们这个政策我能享受不')
  expect(there).toMatchObject({ kind: 'guarded', guard: { kind: 'other-place' } })
  expect(entryOf(decide('我在浙江开过厂，现在回老家开店，有没有优先'))).not.toBe('guarded')
})

it('keeps the two sums apart where one is named', () => {
  expect(entryOf(decide('政府白给的那坨钱有好多嘛'))).toBe('direct-amount')
  expect(entryOf(decide('直接补四万五我晓得，后头那笔一家好多'))).toMatch(/^follow-up-a/)
})
