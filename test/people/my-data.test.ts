import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { announce } from '../../bots/web/conversation.ts'
import { loadCase } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import { createApp } from '../../src/app.ts'
import { moveCaseNow } from '../../src/cases/move-case.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { applicationLines, identityNumber, numberIn } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { joinBy } from '../helpers/people/join.ts'
import { createTalker } from '../helpers/talk.ts'

let world: TestWorld
let me: ReturnType<typeof createTalker>
beforeEach(async () => {
  world = await createWorld([createFakeChannel()])
  me = createTalker(world, { channel: 'web', id: 'w1' })
})
afterEach(() => world.close())

/** Draft up to the village, with a name and two numbers in it. */
const DRAFT = applicationLines(1).slice(0, 7)

async function apply(): Promise<string> {
  const answer = await me.sayAll(applicationLines(1))
  const number = numberIn(answer)
  if (number === null) throw new Error(answer)
  return number
}

async function staff(number: string, ...moves: string[]) {
  for (const move of moves) {
    const moved = await moveCaseNow(
      { ...world.deps, pack },
      {
        number,
        move,
        actor: { role: 'district-reviewer', name: '王芳' },
        reasons: [],
        missing: [],
        note: null,
      },
    )
    if (!moved.ok) throw new Error(JSON.stringify(moved.problem))
  }
}

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
/** As a button of the menu does. */
const MINE = { type: 'choice', value: '!my-data' } as const
const RECEIPT = /SJ-\d{8}-[A-Z2-9]{6}/

describe('seeing', () => {
  it('tells a stranger that there is next to nothing', async () => {
    await me.say('你好')
    const answer = await me.sayAll([MINE, '看一看'])
    expect(answer).toContain('您还没有同意过我们用您的个人信息')
    expect(answer).toContain('网页聊天，2018-06-01开始')
  })

  it('shows draft, consents and turns, with numbers masked', async () => {
    await me.sayAll(DRAFT)
    const answer = await me.sayAll([MINE, '看一看'])
    expect(answer).toContain('王**')
    expect(answer).toContain('139****0001')
    expect(answer).toContain('申请信息：同意，2018-06-01')
    expect(answer).toContain('聊天记录：8 次来回')
    expect(answer).not.toContain(identityNumber(1))
    expect(answer).not.toContain('13900000001')
    expect(answer).not.toContain('王小明')
  })

  it('shows a case with its stage, also in English', async () => {
    const number = await apply()
    const answer = await me.sayAll([MINE, '看一看'])
    expect(answer).toContain(`申请 ${number}，2018-06-01交的，现在在“已提交”`)
    await me.say('English')
    expect(await me.sayAll([MINE, 'see'])).toContain(`Application ${number}, handed in`)
  })
})

describe('a copy', () => {
  const fetchIt = async (url: string, conversation: string | null) => {
    const cookie =
      conversation === null ? null : await announce(conversation, world.deps.sessionSecret, false)
    return createApp(world.deps).request(url.replace('https://chat.test', ''), {
      headers: cookie === null ? {} : { authorization: `Bearer ${cookie['x-conversation']}` },
    })
  }
  const urlIn = (answer: string) => /https:\S+/.exec(answer)?.[0] ?? ''

  it('holds everything, whole, once, for this conversation only', async () => {
    const number = await apply()
    const other = createTalker(world, { channel: 'web', id: 'w2' })
    await other.say('你好，我是别人')
    const answer = await me.sayAll([MINE, '要一份'])
    expect(answer).toMatch(RECEIPT)
    const url = urlIn(answer)
    expect((await fetchIt(url, null)).status).toBe(404)
    expect((await fetchIt(url, 'w2')).status).toBe(404)
    const response = await fetchIt(url, 'w1')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-disposition')).toContain('attachment')
    const copy = await response.json()
    expect(copy.cases).toMatchObject([
      { number, stage: 'submitted', applicant: { identityNumber: identityNumber(1) } },
    ])
    expect(copy.consents).toHaveLength(2)
    expect(copy.conversations.length).toBeGreaterThan(20)
    expect(JSON.stringify(copy)).not.toContain('我是别人')
    expect((await fetchIt(url, 'w1')).status).toBe(404)
    expect(world.logged.join('\n')).not.toContain(url.split('/').at(-1))
  })

  it('is there for ten minutes', async () => {
    await me.say('你好')
    const url = urlIn(await me.sayAll([MINE, '要一份']))
    world.tick(601)
    const gone = await fetchIt(url, 'w1')
    expect(gone.status).toBe(404)
    expect(await gone.text()).toContain('要一份')
  })

  it('comes once when it is fetched twice at once', async () => {
    await me.say('你好')
    const url = urlIn(await me.sayAll([MINE, '要一份']))
    const both = await Promise.all([fetchIt(url, 'w1'), fetchIt(url, 'w1')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  it('is handed out in the web chat when it was asked for elsewhere', async () => {
    const terminal = createTalker(world, { channel: 'terminal', id: 'me' })
    await terminal.say('你好')
    const way = await terminal.sayAll([MINE, '要一份'])
    const token = /#go=(\S+)/.exec(way)?.[1]
    await joinBy(me, terminal, token)
    const answer = await me.say({ type: 'choice', value: '!my-data:copy' })
    const copy = await (await fetchIt(urlIn(answer), 'w1')).json()
    expect(copy.person.addresses).toHaveLength(2)
  })
})

describe('correcting', () => {
  it('goes on in the draft', async () => {
    await me.sayAll(DRAFT)
    await me.say('菜单')
    expect(await me.sayAll([MINE, '更正'])).toContain('接着上次停下的地方')
  })

  it('changes a field of a case that is not accepted yet, and says what was wrong first', async () => {
    const number = await apply()
    const lines = await me.sayAll([MINE, '更正'])
    expect(lines).toContain('1. 姓名：王**')
    await me.say('手机号码')
    expect(await me.say('139')).toContain('手机号码')
    const answer = await me.say('138 1234 5678')
    expect(answer).toMatch(RECEIPT)
    const head = await loadCase(world.db, { number })
    const opened = await openCase(world.db, world.deps.vault, head?.id ?? '')
    expect(opened?.applicant.mobile).toBe('13812345678')
    expect(opened?.answers.mobile).toBe('13812345678')
    expect(head?.version).toBe(2)
  })

  it('asks what hangs on a new answer, and stores both at once', async () => {
    const number = await apply()
    await me.sayAll([MINE, '更正', '已办营业执照'])
    expect(await me.say('是')).toContain('统一社会信用代码')
    expect((await loadCase(world.db, { number }))?.version).toBe(1)
    expect(await me.say('91520102M00010022X')).toMatch(RECEIPT)
    const head = await loadCase(world.db, { number })
    const opened = await openCase(world.db, world.deps.vault, head?.id ?? '')
    expect(opened?.answers).toMatchObject({ registered: true, creditCode: '91520102M00010022X' })
  })

  it('takes nothing sensitive without its own consent', async () => {
    await me.sayAll(applicationLines(2))
    expect(await me.sayAll([MINE, '更正', '重点人员'])).toContain('没有单独同意')
  })

  it('leaves whose and where to staff', async () => {
    await apply()
    const answer = await me.sayAll([MINE, '更正', '身份证号码'])
    expect(answer).toContain('工作人员核对证件')
    expect(await rows('SELECT reason FROM handoffs')).toEqual([['asked']])
  })

  it('hands an accepted case to staff, with the reason', async () => {
    const number = await apply()
    await staff(number, 'accept')
    expect(await me.sayAll([MINE, '更正'])).toContain(`申请 ${number} 已经到“已受理”`)
    expect(await rows('SELECT reason FROM handoffs')).toEqual([['asked']])
  })
})

describe('withdrawing a consent', () => {
  it('has nothing to withdraw where nothing was agreed to', async () => {
    await me.say('你好')
    expect(await me.sayAll([MINE, '撤回同意'])).toContain('没有可以撤回的同意')
  })

  it('forgets the answers of the pre-screen', async () => {
    await me.sayAll(['/start', '能不能享受'])
    await me.say({ type: 'choice', value: '!prescreen' })
    await me.sayAll(['同意', '南明区'])
    await me.say(MINE)
    expect(await me.say('看一看')).toContain('自测：留着您的')
    const answer = await me.sayAll(['撤回同意', '1'])
    expect(answer).toMatch(RECEIPT)
    expect(await me.say('看一看')).not.toContain('自测：留着您的')
    expect(await rows('SELECT purpose, granted FROM consents ORDER BY at, rowid')).toEqual([
      ['prescreen', 1],
      ['prescreen', 0],
    ])
  })

  it('forgets a draft, in every chat of the person', async () => {
    const terminal = createTalker(world, { channel: 'terminal', id: 'me' })
    await terminal.sayAll(DRAFT)
    await terminal.say(MINE)
    const token = /#go=(\S+)/.exec(await terminal.say('要一份'))?.[1]
    await joinBy(me, terminal, token)
    expect(await terminal.sayAll([MINE, '看一看'])).toContain('139****0001')
    // What waits in the other chat is not shown here, and goes all the same.
    expect(await me.sayAll([MINE, '看一看'])).not.toContain('139****0001')
    expect(await me.sayAll(['撤回同意', '申请信息'])).toMatch(RECEIPT)
    expect(await terminal.say('看一看')).not.toContain('139****0001')
    expect(await terminal.say({ type: 'choice', value: '!apply' })).toContain(
      '您同意这样用您的信息吗',
    )
  })

  it('ends an open case, after one more yes', async () => {
    const number = await apply()
    await me.sayAll([MINE, '撤回同意'])
    expect(await me.say('申请信息')).toContain(`您的申请 ${number} 还在办`)
    expect(await me.say('不撤回')).toContain('没有撤回')
    expect((await loadCase(world.db, { number }))?.stage).toBe('submitted')
    await me.sayAll(['撤回同意', '申请信息'])
    expect(await me.say('是，撤回')).toContain(`申请 ${number} 也撤回了`)
    expect((await loadCase(world.db, { number }))?.stage).toBe('withdrawn')
  })

  it('takes the sensitive fields out of the draft', async () => {
    await me.sayAll(applicationLines(1).slice(0, 11))
    await me.say(MINE)
    expect(await me.say('看一看')).toContain('重点')
    expect(await me.sayAll(['撤回同意', '更私人的几项'])).toContain('拿掉')
    expect(await me.say('看一看')).not.toMatch(/重点.*都不是/)
  })
})

it('stays away from channels that may not take what is personal', async () => {
  const open = await createWorld([createFakeChannel()], { personalData: (name) => name === 'web' })
  const person = createTalker(open, { channel: 'telegram', id: '7' })
  expect(await person.sayAll(['你好', MINE])).toContain('https://chat.test/#go=')
  await open.close()
})
