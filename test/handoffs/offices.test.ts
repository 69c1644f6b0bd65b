import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { packs } from '../../db/policy/index.ts'
import { PolicyPack } from '../../db/policy/pack.ts'
import { officePhone } from '../../flows/programme/offices.ts'
import { catalog } from '../../locales/catalog.ts'
import type { Locale } from '../../locales/keys.ts'
import { caseWorldOf } from '../../src/cases/act-on-case.ts'
import { handleEvent } from '../../src/conversation/handle-event.ts'
import { createStaffDesk } from '../../src/kernel/office.ts'
import { currentDirectory } from '../../src/kernel/offices/directory.ts'
import { runPolicyCommand } from '../../src/knowledge/cli.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { countRequests } from '../helpers/count-requests.ts'
import { createTalker } from '../helpers/talk.ts'
import { enter, NANMING, YUNYAN } from './entered.ts'

let world: TestWorld
beforeEach(async () => {
  world = await createWorld([])
})
afterEach(() => world.close())

const person = (id = 'zhang') => createTalker(world, { channel: 'web', id })
const begin = (locale: Locale, place: string) =>
  locale === 'en'
    ? ['/language en', 'do i get priority', 'I agree', place]
    : ['看我能不能优先', '同意', place]

describe('where an office is, its telephone and its hours', () => {
  it.each([
    '微企办在哪里',
    '电话多少',
    '你们几点上班',
    '办公室在哪点嘛，我想过去问一哈',
    '周六上不上班',
    'where is the office',
    'what is your phone number',
    'are you open on saturday',
  ])('%s: what is not known is said, and a person is offered', async (said) => {
    const answer = await person().say(said)
    expect(answer).toMatch(/还没有登记|none on file/)
    expect(answer).toMatch(/找工作人员|Talk to a person/)
    expect(answer).not.toMatch(/\d{5}|0851/)
  })

  it.each([
    ['zh-Hans', '云岩区', '微企办在哪里'],
    ['zh-Hans', '云岩区', '你们电话好多'],
    ['zh-Hans', '云岩区', '几点开门'],
    ['en', 'Yunyan', 'where is the office'],
    ['en', 'Yunyan', 'what is your phone number'],
  ] as const)('%s in %s: %s is answered with their own office', async (locale, place, said) => {
    await enter(world, 'yunyan', YUNYAN)
    const someone = person()
    await someone.sayAll(begin(locale, place))
    const answer = await someone.say(said)
    expect(answer).toContain('0851-85550123')
    expect(answer).toContain(locale === 'en' ? '1 Test Road' : '试验路1号')
    expect(answer).toContain(
      locale === 'en' ? 'Monday to Friday 8:30-12:00' : '星期一至星期五 8:30-12:00',
    )
    expect(answer).toContain(locale === 'en' ? 'Saturday 9:00-11:00' : '星期六 9:00-11:00')
    expect(answer).toContain('2018-05-01')
    expect(answer).toContain('position=106.7,26.6')
  })

  it('goes by the place that is named, whoever asks', async () => {
    await enter(world, 'yunyan', YUNYAN)
    await enter(world, 'nanming', NANMING)
    const someone = person()
    await someone.sayAll(begin('zh-Hans', '云岩区'))
    expect(await someone.say('南明区微企办电话多少')).toContain('12345')
    expect(await someone.say("what's the address of the nanming office")).toContain('12345')
    const none = await someone.say('花溪区微企办在哪里')
    expect(none).toContain('花溪区微企办')
    expect(none).toContain('地址、电话、上班时间还没有登记')
  })

  it('asks which where nobody has said, with a button for each that is known', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const channel = createFakeChannel({ repliesInResponse: 10, quickReplies: 12 })
    const reply = await handleEvent(world.deps, channel, {
      id: '1',
      from: { channel: 'telegram', id: 'new' },
      at: world.deps.now(),
      input: { type: 'text', text: '微企办在哪里' },
    })
    const buttons = reply?.messages.flatMap(({ quickReplies }) => quickReplies) ?? []
    expect(buttons.map(({ value }) => value)).toEqual([
      '!service:office:yunyan',
      '!person',
      '!status',
      '!menu',
    ])
    const told = await person('new').say({ type: 'choice', value: '!service:office:yunyan' })
    expect(told).toContain('0851-85550123')
  })

  it('is told in the middle of a form, which then asks on', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const someone = person()
    await someone.sayAll(begin('zh-Hans', '云岩区'))
    const answer = await someone.say('你们的电话是多少')
    expect(answer).toContain('0851-85550123')
    expect(answer).toMatch(/第\d题/)
  })

  it('needs no look of its own, and one after a change', async () => {
    const someone = person()
    await someone.say('你好')
    const counter = countRequests(world.db)
    const reads = async (said: string) => {
      counter.take()
      await someone.say(said)
      return counter.take()
    }
    const before = await reads('微企办在哪里')
    await enter(world, 'yunyan', YUNYAN)
    const changed = await reads('云岩区微企办电话')
    expect(changed).not.toBe(before)
    expect(await reads('云岩区微企办电话')).toBe(before)
    expect(await reads('能补多少钱')).toBe(before)
  })
})

describe('what sends people to their office', () => {
  it('names their own with how to reach it: answers, hand-off, apology, out of hours', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const someone = person()
    await someone.sayAll(begin('zh-Hans', '云岩区'))
    expect(await someone.say('补助多少天到账')).toContain(
      '云岩区微企办（电话 0851-85550123，地址：试验路1号）',
    )
    const called = await someone.say('人工')
    expect(called).toContain('请直接到云岩区微企办（电话 0851-85550123')
    expect(called).not.toContain('还没有登记')
  })

  it('is no text or answer that leaves out their own office where the district is known', async () => {
    const NAMELESS =
      /(?:当地|所在地的|所在区(?:（|\()市、县(?:）|\))的?)(?:\{\{office\}\}|微企办)|(?:your|the) local (?:\{\{office\}\}|office|micro)/i
    // Who agreed to a notice agreed to its words; and the hand-off's own words choose by what is known.
    const FIXED = [
      'apply.notice',
      'office.local',
      'common.person',
      'policy.otherPlace',
      'programme.verdictElsewhere',
    ]
    const nameless = Object.entries(catalog).flatMap(([locale, texts]) =>
      Object.entries(texts).flatMap(([space, words]) =>
        Object.entries<string>(words)
          .filter(([key, text]) => NAMELESS.test(text) && !FIXED.includes(`${space}.${key}`))
          .map(([key]) => `${locale} ${space}.${key}`),
      ),
    )
    expect(nameless.filter((name) => !name.includes('console'))).toEqual([])
    const { policyFor } = await currentDirectory(world.deps)
    const { desk, pack } = policyFor('yunyan')
    const told = pack.faq.flatMap(({ id }) =>
      (['zh-Hans', 'en'] as const).flatMap((locale) => {
        const answer = desk.answer({ kind: 'policy-entry', id }, locale)
        return answer.kind === 'entry' ? [answer.text] : []
      }),
    )
    const { rules, form, stages } = pack
    const SENDS =
      /问(?:当地|所在)?(?:区\(市、县\))?微企办|到当地微企办|(?:ask|tell|at) (?:your|the) (?:local|district)[^.]{0,20} office/i
    expect(told.length).toBeGreaterThan(300)
    expect(told.filter((text) => SENDS.test(text))).toEqual([])
    expect(JSON.stringify({ rules, form, stages })).not.toMatch(SENDS)
  })

  it('knows the district of a case and of the events that somebody looks at', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const applicant = person('li')
    await applicant.sayAll(applicationLines(7))
    expect(await applicant.say('微企办电话')).toContain('南明区微企办')
    await enter(world, 'nanming', NANMING)
    expect(await applicant.say('微企办电话')).toContain('12345')
    const visitor = person('wang')
    await visitor.sayAll(['活动', '云岩区'])
    await visitor.say('菜单')
    expect(await visitor.say('微企办在哪里')).toContain('试验路1号')
  })

  it('tells the hours of that office, days on which it is closed counted out', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const someone = person()
    await someone.sayAll(begin('zh-Hans', '云岩区'))
    // 1 June 2018 was a Friday; at 20:00 the city's usual hours begin on Monday, this office's on Saturday.
    world.tick(10 * 3600)
    expect(await someone.say('人工')).toContain('最早要到明天9:00')
    await someone.say('返回机器人')
    await enter(world, 'yunyan', {
      ...YUNYAN,
      hours: { week: YUNYAN.hours.week, closed: ['2018-06-02', '2018-06-04'] },
    })
    expect(await someone.say('人工')).toContain('最早要到星期二8:30')
    const stranger = person('stranger')
    expect(await stranger.say('人工')).toContain('最早要到星期一9:00')
  })

  it('counts a wait by the same hours', async () => {
    await enter(world, 'yunyan', YUNYAN)
    const someone = person()
    await someone.sayAll(begin('zh-Hans', '云岩区'))
    world.tick(10 * 3600)
    await someone.say('人工')
    const [rows = []] = await world.db.read([{ sql: 'SELECT due_at FROM handoffs', args: [] }])
    // Two hours on Saturday, six on Monday: 8:30-12:00 and 14:00-16:30.
    expect(rows).toEqual([['2018-06-04T08:30:00.000Z']])
  })

  it('falls back on the setting, as before the directory', () => {
    const desk = createStaffDesk({ hours: 'Sat-Sun 8:30-20:00', timeoutHours: 8 })
    expect(desk.officeAt('2018-06-01T04:00:00.000Z', null).opens).toEqual({
      day: 'tomorrow',
      time: '8:30',
      holidaysKnown: true,
    })
    expect(desk.usual['zh-Hans']).toBe('星期一至星期五不上班；星期六至星期日 8:30-20:00')
  })

  it('says the date where the weekday would be taken for another', () => {
    const desk = createStaffDesk()
    const closed = Array.from({ length: 9 }, (_, day) => `2018-06-0${day + 1}`)
    const week = Array.from({ length: 7 }, () => new Array([{ from: 540, to: 1020 }]).flat())
    expect(
      desk.officeAt('2018-06-01T04:00:00.000Z', { week, closed: new Set(closed) }),
    ).toMatchObject({ open: false, opens: { day: 'later', time: '9:00', date: '2018-06-10' } })
  })
})

describe('the directory of a pack', () => {
  const whole = guiyang2018()
  const known = whole.directory
  if (known === undefined) throw new Error('no directory')
  const check = (change: object) =>
    runPolicyCommand(
      { a: () => PolicyPack.parse({ ...whole, directory: { ...known, ...change } }) },
      ['check', 'a'],
    )
  const { nanming: _, ...without } = known.districts
  const of = (part: object) => ({ city: { ...known.city, ...YUNYAN, ...part } })

  it.each([
    ['a district is left out', { districts: without }, 'directory: there is no office of nanming'],
    [
      'one that is none has an office',
      { districts: { ...known.districts, mars: known.city } },
      'directory: there is no place mars',
    ],
    ['no source is named', of({ source: null }), 'names its source'],
    ['no day is named', of({ asOf: null }), 'the day of it'],
    ['a telephone is none', of({ phone: '8555' }), 'a telephone looks like'],
    ['a telephone is written otherwise', of({ phone: '085185550123' }), 'a telephone looks like'],
    [
      'a point lies elsewhere',
      of({ point: { lat: 106.7, lon: 26.6 } }),
      'directory.city.point.lat',
    ],
    [
      'hours end before they begin',
      of({ hours: { week: ['12:00-9:00', '', '', '', '', '', ''], closed: [] } }),
      'hours look like',
    ],
    [
      'it never opens',
      of({ hours: { week: ['', '', '', '', '', '', ''], closed: [] } }),
      'never opens',
    ],
    [
      'a day is none',
      of({ hours: { week: YUNYAN.hours.week, closed: ['2018-02-30'] } }),
      'closed.0',
    ],
    ['the map has no place for a point', { map: 'https://map.example/' }, 'directory.map'],
  ])('does not pass where %s', (_, change, said) => {
    const told = check(change)
    expect(told.ok).toBe(false)
    expect(told.lines.join('\n')).toContain(said)
  })

  it('says how much of it is known', () => {
    expect(runPolicyCommand(packs, ['check', 'guiyang-2018']).lines.join('\n')).toContain(
      '15, 0 of which something is known',
    )
    expect(runPolicyCommand(packs, ['check', 'example-2030']).lines.join('\n')).toContain(
      '4, 3 of which something is known',
    )
  })
})

describe('a telephone of an office', () => {
  it.each([
    ['0851-85551234', '0851-85551234'],
    ['（0851）8555 1234', '0851-85551234'],
    ['+86-851-8555-1234', '0851-85551234'],
    ['0851-85551234转12', '0851-85551234-12'],
    ['010 12345678', '010-12345678'],
    ['12345', '12345'],
    ['4001234567', '400-123-4567'],
    ['138 0013 8000', '13800138000'],
    ['85551234', null],
    ['0851-12345', null],
    ['520102199001010015', null],
    ['打办公室', null],
    ['', null],
  ])('%s is %s', (typed, told) => {
    expect(officePhone(typed)).toBe(told)
  })
})

it('names the office that staff have entered in what they tell an applicant of its district', async () => {
  await enter(world, 'yunyan', YUNYAN)
  const desk = await caseWorldOf(world.deps)
  const words = (district: string) => JSON.stringify(desk?.packOf?.(district).stages)
  expect(words('yunyan')).toContain(YUNYAN.phone)
  expect(words('yunyan')).not.toContain('当地微企办')
  expect(words('nanming')).not.toContain(YUNYAN.phone)
})
