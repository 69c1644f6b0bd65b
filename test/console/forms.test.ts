import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../db/staff/roles.ts'
import { seedCampaign, seedList } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { seedEvent } from '../helpers/events.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { signInAs } from '../helpers/staff.ts'
import { seedTipOff } from '../tipoffs/seed.ts'

let desk: Desk
const cookies = new Map<string, string>()
const ids: Record<string, string> = {}

beforeAll(async () => {
  desk = await createDesk()
  const { deps } = desk.world
  for (const role of [
    'admin',
    'city-reviewer',
    'finance',
    'publicity',
    'supervision',
    'district-reviewer',
  ] as const) {
    const { id, cookie } = await signInAs(deps, role)
    cookies.set(role, cookie)
    if (role === 'admin') ids.admin = id
  }
  ids.case = (await desk.handIn(1)).id
  ids.handoff = await seedHandoff(deps, 'yunyan')
  ids.event = (await seedEvent(deps, { startsAt: '2018-05-31T02:00:00.000Z' })).id
  ids.campaign = await seedCampaign(deps, 'yunyan')
  ids.list = await seedList(deps, 'yunyan', ids.admin ?? '')
  ids.tipoff = (await seedTipOff(deps)).id
}, 60_000)
afterAll(() => desk.world.close())

const EVENT = {
  district: 'yunyan',
  kind: 'community',
  titleZh: '宣讲会',
  titleEn: 'A talk',
  placeZh: '二楼',
  placeEn: 'Second floor',
  startsAt: '2018-07-03T09:30',
  endsAt: '2018-07-03T11:00',
  capacity: '60',
  aboutZh: '怎么申请',
  aboutEn: 'How to apply',
}
const CAMPAIGN = { title: '宣讲会', zh: '欢迎来听。', en: 'Come and hear.' }
const QUESTION = {
  textZh: '题',
  textEn: 'Question',
  zh0: '甲',
  en0: 'A',
  zh1: '乙',
  en1: 'B',
  zh2: '丙',
  en2: 'C',
  whyZh: '因为',
  whyEn: 'Because',
  clause: '4-4',
  listed: '1',
}
const PROVIDER = { name: '好账本', creditCode: '91350100M000100Y43', phone: '13900001234' }
const ENTRY = {
  draft: 'draft-000009',
  entry: 'staff-x',
  'question-zh-Hans': '能开宠物店吗',
  'answer-zh-Hans': '可以。',
  'question-en': 'May I open a pet shop?',
  'answer-en': 'Yes.',
  topic: 'nowhere',
  basis: 'not-stated',
}

/** A wrong form, the id of its first wrong field, and the fields in which what was typed must still stand. */
const WRONG: readonly [
  name: string,
  who: StaffRole,
  path: () => string,
  form: Record<string, string>,
  field: string,
  kept: readonly string[],
][] = [
  [
    'an event without a name',
    'publicity',
    () => '/console/events',
    { ...EVENT, titleEn: '' },
    'titleEn',
    ['titleZh', 'placeEn', 'capacity'],
  ],
  [
    'an event that ends at no time',
    'publicity',
    () => '/console/events',
    { ...EVENT, endsAt: 'later' },
    'endsAt',
    ['titleZh', 'startsAt'],
  ],
  [
    'an event in the past',
    'publicity',
    () => '/console/events',
    { ...EVENT, startsAt: '2017-07-03T09:30', endsAt: '2017-07-03T10:30' },
    'startsAt',
    ['titleZh', 'endsAt'],
  ],
  [
    'an event for many or few',
    'publicity',
    () => '/console/events',
    { ...EVENT, capacity: 'many' },
    'capacity',
    ['titleZh', 'capacity'],
  ],
  [
    'a report without numbers',
    'publicity',
    () => `/console/events/${ids.event}/report`,
    { version: '2', reached: 'lots', alsoCame: '3' },
    'reached',
    ['reached', 'alsoCame'],
  ],
  [
    'a broadcast without English',
    'publicity',
    () => '/console/campaigns',
    { ...CAMPAIGN, en: ' ' },
    'en',
    ['title'],
  ],
  [
    'a broadcast with a hole',
    'publicity',
    () => '/console/campaigns',
    { ...CAMPAIGN, zh: '{{town}}好' },
    'zh',
    ['title'],
  ],
  [
    'a broadcast in the past',
    'district-reviewer',
    () => `/console/campaigns/${ids.campaign}/submit`,
    { version: '1', startsAt: '2017-01-01T08:00' },
    'startsAt',
    ['startsAt'],
  ],
  ['a list without a name', 'publicity', () => '/console/lists', { name: ' ' }, 'name', []],
  [
    'a question of the quiz with the same choice twice',
    'publicity',
    () => '/console/quizzes',
    { ...QUESTION, en2: 'A' },
    'en2',
    ['textZh', 'en0', 'whyEn'],
  ],
  [
    'a question of the quiz without a reason',
    'publicity',
    () => '/console/quizzes',
    { ...QUESTION, whyZh: '' },
    'whyZh',
    ['textZh', 'en2'],
  ],
  [
    'an answer of no topic',
    'publicity',
    () => '/console/drafts',
    ENTRY,
    'topic',
    ['question-en', 'question-zh-Hans'],
  ],
  [
    'an answer that names somebody',
    'publicity',
    () => '/console/drafts',
    { ...ENTRY, topic: '', 'question-en': 'Call 13900001234' },
    'question-en',
    ['question-zh-Hans'],
  ],
  [
    'a phrase that is none',
    'publicity',
    () => '/console/phrases',
    { phrase: '!', service: 'apply' },
    'phrase-',
    ['phrase-'],
  ],
  [
    'a ready answer with a placeholder',
    'admin',
    () => '/console/canned',
    { title: '身份证', 'words-zh-Hans': '{{name}}', 'words-en': 'Bring it.' },
    'words-zh-Hans',
    ['title'],
  ],
  [
    'an answer without a word',
    'admin',
    () => `/console/inbox/${ids.handoff}/answer`,
    { answerId: 'answer-000001', text: ' ' },
    'text',
    [],
  ],
  [
    'a note without a word',
    'admin',
    () => `/console/inbox/${ids.handoff}/note`,
    { text: ' ' },
    'note',
    [],
  ],
  [
    'a comment without a word',
    'district-reviewer',
    () => `/console/cases/${ids.case}/comment`,
    { commentId: 'comment-00001', text: ' ' },
    'text',
    [],
  ],
  [
    'a case number that is none',
    'district-reviewer',
    () => '/console/cases/search',
    { q: '7' },
    'q',
    ['q'],
  ],
  [
    'a return without what is missing',
    'district-reviewer',
    () => `/console/cases/${ids.case}/move`,
    { move: 'return', version: '1', reason: 'outdated', note: '请补' },
    'return-piece-document',
    [],
  ],
  [
    'a tip-off answered without a word',
    'supervision',
    () => `/console/tipoffs/${ids.tipoff}/answer`,
    { key: 'answer-000009', text: ' ' },
    'answering',
    [],
  ],
  [
    'vouchers for nobody',
    'city-reviewer',
    () => '/console/vouchers/issue',
    { kind: 'bookkeeping', whom: 'list', numbers: ' ', limit: '7' },
    'numbers',
    ['limit'],
  ],
  [
    'a budget of no sum',
    'finance',
    () => '/console/vouchers/budget',
    { amount: 'much', reason: '年度' },
    'amount',
    ['amount', 'reason'],
  ],
  [
    'a provider of no code',
    'city-reviewer',
    () => '/console/providers',
    { ...PROVIDER, creditCode: '9135', service: 'legal' },
    'creditCode',
    ['name', 'phone'],
  ],
  [
    'a provider of no person',
    'city-reviewer',
    () => '/console/providers',
    { ...PROVIDER, legalPersonId: '520' },
    'legalPersonId',
    ['name', 'legalPersonId'],
  ],
  [
    'more looks without a reason',
    'city-reviewer',
    () => '/console/disclosures',
    { reason: '看' },
    'reason',
    ['reason'],
  ],
  [
    'a password that is too short',
    'admin',
    () => '/console/account/password',
    { current: 'x', next: 'short' },
    'next',
    [],
  ],
]

const LANGUAGES = { 'zh-Hans': /\p{Script=Han}/u, en: /^[^\p{Script=Han}]*[A-Za-z]{4}/u } as const

describe.each(Object.entries(LANGUAGES))('a form that was not taken, in %s', (language, words) => {
  it.each(WRONG)('%s', async (_, who, path, form, field, kept) => {
    const cookie = `${cookies.get(who)}; lang=${language}`
    const { status, text } = await desk.post(cookie, path(), form)
    expect(status).toBe(400)
    const tagOf = (id: string) =>
      new RegExp(`<(?:input|select|textarea)[^>]*\\bid="${id}"[^>]*>`).exec(text)?.[0] ?? ''
    const problem = new RegExp(`id="${field}-problem"[^>]*>([^<]+)<`).exec(text)?.[1]
    expect(problem, 'its words').toMatch(words)
    expect(text, 'the field knows its words').toMatch(
      new RegExp(`aria-describedby="[^"]*\\b${field}-problem"`),
    )
    expect(tagOf(field), 'the page begins there').toContain('autofocus')
    expect(text.match(/autofocus/g), 'and at no other').toHaveLength(1)
    for (const name of kept) {
      const typed = form[name.replace(/-$/, '')] ?? ''
      expect(tagOf(name), name).toContain(`value="${typed}"`)
    }
  })
})

it('gives no password back', async () => {
  const { text } = await desk.post(cookies.get('admin') ?? '', '/console/account/password', {
    current: 'my-secret-of-today',
    next: 'short',
  })
  expect(text).not.toContain('my-secret-of-today')
})

describe('the kit', () => {
  const sources = globSync('src/*/console/**/*.{ts,tsx}')

  it('alone reads forms and makes tables', () => {
    expect(sources.length).toBeGreaterThan(100)
    // The form of whoever was signed out is kept as it came.
    for (const file of sources.filter((one) => !one.endsWith('signed-out.tsx'))) {
      expect(readFileSync(file, 'utf8'), file).not.toMatch(
        /parseBody|formData\(|<table|method="get"/,
      )
    }
  })

  it('makes the forms, but those of several buttons', () => {
    const own = sources.filter((file) => /<form/.test(readFileSync(file, 'utf8')))
    expect(own.map((file) => file.split('/console/')[1]).toSorted()).toEqual([
      'answers.tsx',
      'disclosures/page.tsx',
      'form.tsx',
      'list/queue-page.tsx',
      'marks.tsx',
      'moves.tsx',
      'page.tsx',
      'provider/code-page.tsx',
      'provider/contract-page.tsx',
      'provider/shown-page.tsx',
      'register-pages.tsx',
      'settlement-page.tsx',
      'several/preview-page.tsx',
    ])
  })
})
