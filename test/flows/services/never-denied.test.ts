import { describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../../db/policy/guiyang-2018/pack.ts'
import { SERVICE_IDS, SERVICES } from '../../../flows/services/table.ts'
import { waysOf } from '../../../flows/services/unfold.ts'
import { LOCALES, type Locale } from '../../../locales/keys.ts'
import { createPolicy } from '../../../src/kernel/policy.ts'

const pack = guiyang2018()
const { desk } = createPolicy(pack, 'files')

const ask = (question: string, locale: Locale) =>
  desk.answer({ kind: 'policy-answer', question }, locale)

/** Said word for word only: a thank-you in the middle of a question is no wish. */
const ONLY_ALONE = ['thanks', 'bye', 'again', 'back', 'menu']

const DRESSES = {
  'zh-Hans': ['你好，{}', '{}，麻烦了'],
  en: ['hello, {}', '{}, thank you'],
} as const

/** Every service in every phrasing, in a message with other words: what is said, and the button that must come. */
const everyPhrasing = SERVICE_IDS.filter((id) => !ONLY_ALONE.includes(id)).flatMap((id) =>
  LOCALES.flatMap((locale) =>
    (pack.services?.phrases?.[id]?.[locale] ?? []).flatMap((frame) =>
      waysOf(frame, 3).flatMap((phrase) =>
        DRESSES[locale].map((dress) => ({
          said: dress.replace('{}', phrase),
          opens: SERVICES[id].opens,
          locale,
        })),
      ),
    ),
  ),
)

describe('what the product does', () => {
  it('is never denied, however it is asked for', { timeout: 120_000 }, () => {
    const denied = everyPhrasing.filter(({ said, opens, locale }) => {
      const answer = ask(said, locale)
      return answer.kind !== 'service' || !answer.offers.some(({ value }) => value === opens)
    })
    expect(everyPhrasing.length).toBeGreaterThan(3000)
    expect(denied.map(({ said }) => said)).toEqual([])
  })

  it('stands in no answer as something that cannot be done here', () => {
    const DENIES =
      /我这里也|这里(?:办|查)不|不能在(?:这里|网上)(?:申请|办|查)|I cannot (?:see|look)|cannot apply here/
    const told = pack.faq.filter((entry) =>
      LOCALES.some((locale) => DENIES.test(entry[locale].answer)),
    )
    expect(told.map(({ id }) => id)).toEqual([])
  })

  it('comes with its button where several things were asked', () => {
    const answer = ask('一户补多少钱？怎么查我的申请办到哪一步了？', 'zh-Hans')
    expect(answer).toMatchObject({ kind: 'service', offers: [{ value: '!status' }] })
    expect(JSON.stringify(answer)).toContain('4.5万')
  })

  it('is one button, whichever of its names was meant', () => {
    const answer = ask('What form do I fill in?', 'en')
    const values = answer.kind === 'service' ? answer.offers.map(({ value }) => value) : []
    expect(new Set(values).size).toBe(values.length)
  })

  it.each([
    ['有没得人啊', '!person'],
    ['去办的时候要拿些什么证件', '!service:papers'],
    ['我要领那个四万五', '!apply'],
    ['咋个又要我交材料嘛烦球得很', '!supplement'],
    ['u guys closed on sunday?', '!service:office'],
    ['钱下来没得', '!status'],
    ['上回说的那个券咋用来着', '!voucher'],
    ['你们是不是骗子啊，我有点怕', '!service:is-real'],
    ['我想看我妈的单子到哪了', '!service:other'],
  ])('%s reaches %s', (said, opens) => {
    const locale = /\p{Script=Han}/u.test(said) ? 'zh-Hans' : 'en'
    expect(ask(said, locale)).toMatchObject({ kind: 'service', offers: [{ value: opens }] })
  })

  it.each(['推荐一部电影', '明天下雨不', 'can you recommend a restaurant', '帮我起个名字'])(
    'is not offered to who says %s',
    (said) => {
      const answer = ask(said, /\p{Script=Han}/u.test(said) ? 'zh-Hans' : 'en')
      expect(answer.kind === 'service' ? answer.first : answer.kind).not.toBe('service')
    },
  )
})
