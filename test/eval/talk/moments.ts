import type { Locale } from '../../../locales/keys.ts'
import { identityNumber } from '../../helpers/applicant.ts'
import { beginning, type createDryTalker, type Moment } from './dry-talker.ts'

type Talk = ReturnType<typeof createDryTalker>

/** What is said from the greeting to the review, in each language; each line leads to the next item. */
const APPLYING: Readonly<Record<Locale, readonly string[]>> = {
  'zh-Hans': [
    '/start',
    '我要申请',
    '同意，开始填',
    '王小明',
    identityNumber(1),
    '13900000001',
    '南明区',
    '花果园街道',
    '跳过',
    '说不准',
    '同意填',
    '退伍',
    '退伍证',
    '小明早餐店',
    '是',
    '返回',
    '否',
    '茶叶',
    '5万',
    '3',
    '1',
    '没有合作',
    '买蒸箱，付半年房租',
    '否',
  ],
  en: [
    '/start',
    'apply',
    'I agree',
    'Wang Xiaoming',
    identityNumber(1),
    '13900000001',
    'Nanming',
    'Huaguoyuan',
    'skip',
    'not sure',
    'I agree',
    'veteran',
    'discharge papers',
    'Xiaoming Breakfast',
    'no',
    'tea',
    '50000 yuan',
    '3',
    '1',
    'None',
    'a steamer and half a year of rent',
    'no',
  ],
}

const ASKED_FIRST: Readonly<Record<Locale, readonly string[]>> = {
  'zh-Hans': [
    '预审',
    '同意，开始',
    '南明区',
    '是',
    '都不是',
    '说不准',
    '说不准',
    '说不准',
    '说不准',
  ],
  en: [
    'prescreen',
    'I agree',
    'Nanming',
    'yes',
    'none',
    'not sure',
    'not sure',
    'not sure',
    'not sure',
  ],
}

/** Every step of the application and the pre-screen at which a person can stand, by its name. */
export async function formMoments(talk: Talk, locale: Locale): Promise<Map<string, Moment>> {
  const found = new Map<string, Moment>()
  for (const lines of [APPLYING[locale], ASKED_FIRST[locale]]) {
    let moment = beginning(locale)
    for (const line of lines) {
      moment = (await talk(moment, line)).moment
      const name = nameOf(moment)
      if (name !== null && !found.has(name)) found.set(name, moment)
    }
  }
  return found
}

/** Where a moment stands: flow, step and the field or question on the table; null at home. */
export function nameOf({ state }: Moment): string | null {
  const run = state?.stack.at(-1)
  if (run === undefined || run.flow === 'menu') return null
  const { current, field } = run.data as Record<
    'current' | 'field',
    { id?: string; kind?: string } | null | undefined
  >
  const onTable = field ?? current
  return `${run.flow}.${run.step}.${onTable?.id ?? onTable?.kind ?? ''}`
}
