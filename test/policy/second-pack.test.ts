import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { countLedger } from '../../db/ledger/ledger.ts'
import { example2030 } from '../../db/policy/example-2030/pack.ts'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { createApp } from '../../src/app.ts'
import { moveCaseNow } from '../../src/cases/move-case.ts'
import { readConfig } from '../../src/kernel/config.ts'
import { createPolicy, paramsOf } from '../../src/kernel/policy.ts'
import { guessMapping } from '../../src/ledger/import/columns.ts'
import { ledgerTotals } from '../../src/ledger/ledger-totals.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'

// Not in 2030: a sign-in goes by the real clock.
const START = '2024-03-04T02:00:00.000Z'
const complete = example2030()
if (complete.form === undefined || complete.stages === undefined) throw new Error('no form')
const pack = { ...complete, form: complete.form, stages: complete.stages }

let world: TestWorld
beforeEach(async () => {
  const channel = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    now: () => START,
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel], { start: START, programme: 'example-2030' })
})
afterEach(() => world.close())

const talker = (id: string) => createTalker(world, { channel: 'web', id })
async function move(
  number: string,
  id: string,
  role: 'district-reviewer' | 'city-reviewer' | 'finance',
  more: { reasons?: string[]; missing?: { kind: 'field'; id: string }[] } = {},
) {
  const moved = await moveCaseNow(
    { ...world.deps, pack },
    {
      number,
      move: id,
      reasons: more.reasons ?? [],
      missing: more.missing ?? [],
      note: null,
      actor: { role, name: `员工${role}` },
    },
  )
  expect(moved, id).toMatchObject({ ok: true })
}
const transcript = async () =>
  (await world.db.read([{ sql: 'SELECT id FROM sessions', args: [] }]))[0]?.length ?? 0

describe('another city', () => {
  it('is a pack and no code: the whole journey in Chinese', async () => {
    const person = talker('zhang')
    const greeting = await person.say('/start')
    expect(greeting).toContain('云溪市2030年小店扶持计划')
    expect(greeting).toContain('小店服务办')
    expect(greeting).not.toMatch(/2018|3个20万|微企办/)
    const money = await person.say('开小店能领多少钱')
    expect(money).toContain('2万元')
    expect(money).toContain('二、补助（虚构示例）')
    expect(await person.say('有没有低息贷款')).toContain('没有写贷款')
    expect(await person.say('月湾市有没有补贴')).toContain('我只知道云溪市的方案')

    await person.sayAll(['看我能不能优先', '同意', '东桥区', '老手艺人', '就这些'])
    const verdict = await person.say('竹编')
    expect(verdict).toContain('您属于：老手艺人')
    await person.sayAll(['菜单', '我要申请', '同意，开始填'])
    await person.say('我叫王小明，手机13900000007')
    const asked = await person.say(identityNumber(7))
    expect(asked).not.toContain('{{')
    const said: readonly (readonly [RegExp, string])[] = [
      [/店在哪个区/, '东桥区'],
      [/您同意填吗/, '同意填'],
      [/您是下面哪些人/, '老手艺人'],
      [/还有别的吗/, '就这些'],
      [/做的是哪一行/, '竹编'],
      [/店叫什么/, '小明竹编铺'],
      [/几个人/, '3'],
      [/用来做什么？/, '买两台机器'],
      [/核对一遍/, '提交'],
    ]
    let answer = asked
    for (let turn = 0; turn < 12 && !answer.includes('YX30'); turn++) {
      const line = said.find(([question]) => question.test(answer))?.[1]
      expect(line, answer).toBeDefined()
      answer = await person.say(line ?? '')
    }
    const number = /YX30-01-\d{5}[\dX]/.exec(answer)?.[0] ?? ''
    expect(number).not.toBe('')
    expect(await person.say('进度')).toContain('已收件')

    await move(number, 'return', 'district-reviewer', {
      reasons: ['unclear'],
      missing: [{ kind: 'field', id: 'mobile' }],
    })
    expect(await person.say('进度')).toContain('退回补正')
    await person.sayAll(['补材料', '13900000008'])
    await person.say('提交')
    expect(await person.say('进度')).toContain('已收件')
    await move(number, 'pass', 'district-reviewer')
    await move(number, 'grant', 'city-reviewer')
    await move(number, 'settle', 'finance')
    expect(await person.say('进度')).toContain('已拨付')

    const counted = await countLedger(
      world.db,
      { district: null },
      {
        programme: 'example-2030',
        year: 2024,
      },
    )
    expect(ledgerTotals(pack, counted)).toMatchObject({
      granted: 1,
      targetHouseholds: 120,
      direct: { province: 0, city: 1_200_000, county: 800_000 },
    })
    // Whoever was taken up by the office stays its file: the pack's own stages tell.
    const erasure = await person.sayAll(['我的数据', '删除'])
    expect(erasure).toContain(number)
    expect(await transcript()).toBe(1)
    expect(world.logged.join()).not.toContain('error')
  })

  it('is a pack and no code: in English', async () => {
    const person = talker('smith')
    await person.sayAll(['/start', 'English'])
    expect(await person.say('how much can a shop get')).toContain('20,000 yuan')
    expect(await person.say('apply')).not.toContain('{{')
    const other = await person.say('is there a subsidy in beijing')
    expect(other).not.toMatch(/Guiyang|\{\{/)
  })

  it('finds its answers by all its variants', () => {
    const policy = createPolicy(pack, 'r')
    const missed = pack.faq.flatMap(({ id, ...words }) =>
      (['zh-Hans', 'en'] as const).flatMap((locale) =>
        words[locale].variants.filter((variant) => {
          const answer = policy.answer({ kind: 'policy-answer', question: variant }, locale)
          return !(answer.kind === 'entry' && answer.id === id)
        }),
      ),
    )
    expect(missed).toEqual([])
  })

  it('has its own name on the pages, its own ledger and its own queue', async () => {
    const app = createApp(world.deps)
    const page = await (await app.request('https://chat.test/?lang=en')).text()
    expect(page).toContain('Yunxi')
    const boss = await signInAs(world.deps, 'city-reviewer')
    for (const path of [
      '/console/cases',
      '/console/ledger',
      '/console/dashboard',
      '/console/ledger/imports',
    ]) {
      const response = await app.request(`https://chat.test${path}`, {
        headers: { host: 'chat.test', cookie: boss.cookie },
      })
      const text = await response.text()
      expect([response.status, text.includes('{{')], path).toEqual([200, false])
      expect(text, path).not.toMatch(/贵阳|3500|南明/)
    }
    expect(
      guessMapping(pack, (_, key) => key, [
        '姓名',
        '身份证',
        '区、县',
        '店名',
        '已收件',
        '优先的人',
      ]),
    ).toEqual([
      'field:name',
      'field:identityNumber',
      'field:district',
      'field:enterpriseName',
      'reached:received',
      'field:keyGroups',
    ])
  })

  it('is chosen by a setting', () => {
    expect(readConfig({ PROGRAMME: 'example-2030' }).PROGRAMME).toBe('example-2030')
  })
})

it('says whose duty it is while the office is closed, and where no source tells, says that', async () => {
  expect(paramsOf(pack, 'zh-Hans').onDuty).toContain('值班员')
  expect(paramsOf(guiyang2018(), 'zh-Hans').onDuty).toContain('资料里没有写')
  expect(paramsOf(guiyang2018(), 'en').onDuty).toContain('do not say')
  const said = await talker('night').say('我不想活了')
  expect(said).toContain('12356')
  expect(said).toContain('值班员')
})
