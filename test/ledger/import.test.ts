import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWebChannel } from '../../bots/web/channel.ts'
import { loadCase } from '../../db/cases/cases.ts'
import { loadEvents } from '../../db/cases/events.ts'
import { listAudit, verifyAudit } from '../../db/staff/audit-log.ts'
import { applyMove } from '../../flows/programme/lifecycle/application-stages.ts'
import { createApp } from '../../src/app.ts'
import { lookUpCase } from '../../src/cases/look-up-case.ts'
import { dropOldImports, runImports } from '../../src/ledger/import/run-imports.ts'
import { createWorld, type TestWorld } from '../helpers/app.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'
import { toCsv, toXlsx } from '../platform/tables/whole-table.ts'

const HEADINGS = '序号 姓名 身份证号码 所属区县 企业名称 从业人数 已提交 已受理 状态'.split(' ')
const START = '2018-06-01T02:00:00.000Z'

let world: TestWorld
let app: ReturnType<typeof createApp>
let city: SignedIn
beforeEach(async () => {
  const channel = createWebChannel({
    secret: 's'.repeat(32),
    newId: () => 'web',
    now: () => START,
    secureCookie: false,
    translate: (_, key) => key,
  })
  world = await createWorld([channel], { start: START })
  app = createApp(world.deps)
  city = await signInAs(world.deps, 'city-reviewer')
})
afterEach(() => world.close())

const rows = async (sql: string) => (await world.db.read([{ sql, args: [] }]))[0] ?? []
const line = (person: number, change: Partial<Record<(typeof HEADINGS)[number], string>> = {}) => {
  const cells: Record<string, string> = {
    序号: `纸${person}`,
    姓名: '李小茶',
    身份证号码: identityNumber(person),
    所属区县: '云岩区',
    企业名称: `小茶${person}号茶行`,
    从业人数: '3',
    已提交: '2018-03-05',
    已受理: '2018/3/9',
    状态: '已受理',
    ...change,
  }
  return HEADINGS.map((heading) => cells[heading] ?? '')
}
const csv = (...lines: string[][]) => new TextEncoder().encode(toCsv([HEADINGS, ...lines]))

async function post(path: string, body: URLSearchParams | FormData, { cookie } = city) {
  const headers = { host: 'chat.test', cookie, origin: 'https://chat.test' }
  return app.request(`https://chat.test${path}`, { method: 'POST', headers, body })
}
const get = async (path: string, { cookie } = city) =>
  (await app.request(`https://chat.test${path}`, { headers: { host: 'chat.test', cookie } })).text()

/** Uploads; gives the import's path, or the page that says what is wrong. */
async function upload(bytes: Uint8Array, who = city): Promise<string> {
  const form = new FormData()
  form.set('file', new File([Uint8Array.from(bytes)], '台账.csv'))
  const response = await post('/console/ledger/imports', form, who)
  return response.headers.get('location') ?? response.text()
}
const columnsOf = async (path: string) => {
  const [[mapping = '[]'] = []] = await rows(
    `SELECT mapping FROM ledger_imports WHERE id = '${path.split('/').at(-1)}'`,
  )
  return JSON.parse(String(mapping)) as (string | null)[]
}
async function check(path: string, columns?: readonly (string | null)[]) {
  const form = new URLSearchParams()
  for (const column of columns ?? (await columnsOf(path))) form.append('column', column ?? '')
  return post(`${path}/check`, form)
}
const work = async () => {
  while (await runImports(world.deps));
}
/** From the file to its end, as staff click. */
async function importAll(bytes: Uint8Array) {
  const path = await upload(bytes)
  expect(path).toMatch(/^\/console\/ledger\/imports\//)
  expect((await check(path)).status).toBe(303)
  await work()
  await post(`${path}/run`, new URLSearchParams())
  await work()
  return path
}
const figures = async (path: string) =>
  (
    await rows(
      `SELECT state, fresh, known, wrong, added FROM ledger_imports WHERE id = '${path.split('/').at(-1)}'`,
    )
  )[0]
const caseCount = async () => Number((await rows('SELECT count(*) FROM cases'))[0]?.[0])

describe('a ledger that comes in', () => {
  it('becomes cases that say where they come from and pass as nobody’s decision', async () => {
    const path = await upload(csv(line(1), line(2, { 状态: '已批准' })))
    expect(await columnsOf(path)).toEqual([
      'number',
      'field:name',
      'field:identityNumber',
      'field:district',
      'field:enterpriseName',
      'field:employees',
      'reached:submitted',
      'reached:accepted',
      'stage',
    ])
    await check(path)
    await work()
    expect(await figures(path)).toEqual(['checked', 2, 0, 0, 0])
    expect(await caseCount()).toBe(0)
    await post(`${path}/run`, new URLSearchParams())
    await work()
    expect(await figures(path)).toEqual(['done', 2, 0, 0, 2])

    const [[number] = []] = await rows(`SELECT number FROM cases WHERE stage = 'approved'`)
    const head = await loadCase(world.db, { number: String(number) })
    expect(head).toMatchObject({
      origin: 'paper',
      district: 'yunyan',
      contactId: null,
      outcome: 'granted',
    })
    const events = await loadEvents(world.db, world.deps.vault, head?.id ?? '')
    expect(events.map(({ move, to, role, at }) => [move, to, role, at.slice(0, 10)])).toEqual([
      ['import', 'submitted', 'system', '2018-03-05'],
      ['import', 'accepted', 'system', '2018-03-09'],
      ['import', 'approved', 'system', '2018-03-09'],
    ])
    const pay = pack.stages.moves.find(
      ({ from, notSameActorAs }) => from.includes('approved') && notSameActorAs.length > 0,
    )
    const paidBy = (id: string) =>
      applyMove(
        pack.stages,
        { stage: 'approved', events },
        {
          move: pay?.id ?? '',
          actor: { role: pay?.who[0] ?? 'finance', name: `员工${id}`, id },
          at: START,
        },
      )
    expect(paidBy(city.id)).toMatchObject({ ok: false, problem: { kind: 'same-person' } })
    expect(paidBy('somebody-else').ok).toBe(true)
    expect(await rows('SELECT count(*) FROM outbox')).toEqual([[0]])

    const page = await get(`/console/cases/${head?.id}`)
    expect(page).toContain('以前的台账')
    expect(page).toContain('原编号：纸2')
    expect(await get('/console/ledger?year=2018')).toContain('小茶2号茶行')
    const audit = (await listAudit(world.db, { limit: 3 })).rows.map(({ action, reason }) => [
      action,
      reason,
    ])
    expect(audit).toEqual([
      ['ledger.import-ended', '2 of 2'],
      ['ledger.import-started', '2 of 2'],
      ['ledger.import-uploaded', '2'],
    ])
    expect(await verifyAudit(world.db)).toMatchObject({ ok: true })
  })

  it('is found in the chat by number, last six and name', async () => {
    await importAll(csv(line(3)))
    const [[number] = []] = await rows('SELECT number FROM cases')
    const found = await lookUpCase(
      { ...world.deps, pack },
      {
        from: { channel: 'web', id: 'w' },
        number: String(number),
        lastSix: identityNumber(3).slice(-6),
        name: '李小茶',
      },
    )
    expect(found).toMatchObject({ kind: 'found' })
  })

  it('comes once, however often it is brought', async () => {
    const file = csv(line(4), line(4), line(5))
    const first = await importAll(file)
    expect(await figures(first)).toEqual(['done', 2, 1, 0, 2])
    const second = await importAll(file)
    expect(await figures(second)).toEqual(['done', 0, 3, 0, 0])
    expect(await caseCount()).toBe(2)
  })

  it('takes another application of a person whose first was refused, and no third of the same day', async () => {
    const refused = line(6, {
      状态: pack.stages.stages.find(({ outcome }) => outcome === 'refused')?.label['zh-Hans'] ?? '',
    })
    const again = line(6, { 已提交: '2018-05-05', 已受理: '2018-05-06' })
    expect(await figures(await importAll(csv(refused, again)))).toEqual(['done', 2, 0, 0, 2])
    expect(await figures(await importAll(csv(refused, again)))).toEqual(['done', 0, 2, 0, 0])
  })

  it('names each wrong cell and what to do, and never what stood there', async () => {
    const path = await upload(
      csv(
        line(10, {
          身份证号码: identityNumber(10).replace(/.$/, (last) => (last === '1' ? '2' : '1')),
        }),
        line(11, { 身份证号码: '5201**********0011' }),
        line(12, { 身份证号码: '5.20102E+17' }),
        line(13, { 已提交: '三月五号' }),
        line(14, { 已受理: '2018-03-01' }),
        line(15, { 已提交: '2019-03-01', 已受理: '', 状态: '' }),
        line(16, { 状态: '办好了' }),
        line(17, { 状态: '已提交' }),
        line(18, { 姓名: '' }),
        line(19, { 所属区县: '海淀区' }),
        line(20, { 从业人数: '很多' }),
      ),
    )
    await check(path)
    await work()
    expect(await figures(path)).toEqual(['checked', 0, 0, 11, 0])
    const told = await get(`${path}/problems`)
    for (const words of ['星号', '文本', '2018-03-05 这样', '早', '今天以后', '步骤', '没有填']) {
      expect(told).toContain(words)
    }
    expect(new Set(told.match(/^\d+,/gm)).size).toBe(11)
    expect(told).not.toMatch(/李小茶|5201|海淀|很多|办好了|三月五号/)
    expect(world.logged.join()).not.toMatch(/李小茶|5201/)
    const page = await get(path)
    expect(page).toContain('没有可以写入的行')
    expect(page).not.toContain('李小茶')
  })

  it('is refused where it is no table, with what to do', async () => {
    expect(await upload(new Uint8Array([1, 0, 2]))).toContain('读不出来')
    expect(await upload(new TextEncoder().encode('姓名\n'))).toContain('没有内容')
    expect(await upload(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9]))).toContain('读不出来')
    expect(await upload(new Uint8Array(0))).toContain('没有收到文件')
    expect(await caseCount()).toBe(0)
    expect(await rows('SELECT count(*) FROM ledger_imports')).toEqual([[0]])
  })

  it('leaves out what stands far from the table, and says so on its page', async () => {
    const wide = [...line(24), ...Array.from({ length: 100 }, () => ''), '别处的字']
    const path = await upload(csv(wide))
    expect(await get(path)).toContain('还有1个格子有内容')
    expect(await get(await upload(csv(line(25))))).not.toContain('个格子有内容')
  })

  it('is refused where others are still being read', async () => {
    world.deps.readTable = async () => ({ ok: false, problem: 'busy' })
    expect(await upload(csv(line(26)))).toContain('正在读')
  })

  it('is asked about where needed columns are missing or one is chosen twice', async () => {
    const path = await upload(csv(line(21)))
    const columns = await columnsOf(path)
    const missing = await check(
      path,
      columns.map((id) => (id === 'field:name' ? null : id)),
    )
    expect([missing.status, await missing.text()]).toEqual([400, expect.stringContaining('姓名')])
    const twice = await check(
      path,
      columns.map((id) => (id === 'stage' ? 'number' : id)),
    )
    expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining('选了两次')])
    expect(await figures(path)).toEqual(['mapping', 0, 0, 0, 0])
  })

  it('may be a spreadsheet, or a CSV as Chinese spreadsheets write it', async () => {
    const xlsx = await toXlsx('台账', [HEADINGS, line(22)])
    expect(await figures(await importAll(xlsx))).toEqual(['done', 1, 0, 0, 1])
    // 姓名,身份证号,区县,已提交 and a line below them, in GB 18030.
    const gb = Buffer.from(
      `d0d5c3fb2cc9edb7ddd6a4bac52cc7f8cfd82cd2d1cce1bdbb0ac0eed0a1b2e82c${Buffer.from(identityNumber(23)).toString('hex')}2cd4c6d1d2c7f82c323031382d30332d30350a`,
      'hex',
    )
    expect(await figures(await importAll(gb))).toEqual(['done', 1, 0, 0, 1])
  })

  it('brings our own export into an empty product as it was', async () => {
    await importAll(csv(line(30), line(31, { 状态: '已批准' })))
    const whole = { year: '2018', full: '1', district: '', reason: '搬到新的系统' }
    const exportOf = async () =>
      (
        await post('/console/ledger/export', new URLSearchParams({ ...whole, as: 'xlsx' }))
      ).arrayBuffer()
    const before = new Uint8Array(await exportOf())
    // But who took it, and when.
    const csvOf = async () =>
      (
        await (
          await post('/console/ledger/export', new URLSearchParams({ ...whole, as: 'csv' }))
        ).text()
      ).replaceAll(/,[^,]*\r\n/g, '\n')
    const ledger = await csvOf()
    await world.close()
    world = await createWorld([], { start: START })
    app = createApp(world.deps)
    city = await signInAs(world.deps, 'city-reviewer')
    expect(await figures(await importAll(before))).toEqual(['done', 2, 0, 0, 2])
    expect(await csvOf()).toBe(ledger)
    // A number that came along is given to nobody else.
    expect(await figures(await importAll(csv(line(32))))).toEqual(['done', 1, 0, 0, 1])
    expect(await caseCount()).toBe(3)
  })
})

describe('an import', () => {
  it('of a district takes only lines of that district', async () => {
    const local = await signInAs(world.deps, 'district-reviewer', 'nanming')
    const path = await upload(
      csv(line(40), line(41, { 所属区县: '南明区' }), line(42, { 所属区县: '' })),
      local,
    )
    await check(path)
    const form = new URLSearchParams()
    for (const column of await columnsOf(path)) form.append('column', column ?? '')
    await post(`${path}/check`, form, local)
    await work()
    expect(await figures(path)).toEqual(['checked', 2, 0, 1, 0])
    const other = await signInAs(world.deps, 'district-reviewer', 'yunyan')
    expect(await get(path, other)).not.toContain('试算')
    const stranger = await app.request(`https://chat.test${path}`, {
      headers: { host: 'chat.test', cookie: other.cookie },
    })
    expect(stranger.status).toBe(404)
  })

  it('that two processes work at, or that is begun twice, adds each line once', async () => {
    const lines = Array.from({ length: 80 }, (_, index) => line(100 + index))
    const path = await upload(csv(...lines))
    await Promise.all([check(path), check(path)])
    await Promise.all([work(), work(), work()])
    const started = await Promise.all([1, 2].map(() => post(`${path}/run`, new URLSearchParams())))
    expect(started.map(({ status }) => status).sort()).toEqual([303, 409])
    await Promise.all([work(), work(), work()])
    expect(await figures(path)).toEqual(['done', 80, 0, 0, 80])
    expect(await caseCount()).toBe(80)
    const actions = (await listAudit(world.db, { limit: 20 })).rows.map(({ action }) => action)
    expect(actions.filter((action) => action === 'ledger.import-ended')).toHaveLength(1)
    expect(actions.filter((action) => action === 'ledger.import-started')).toHaveLength(1)
  })

  it('that is cancelled stops where it is and forgets what the file said', async () => {
    const path = await upload(csv(...Array.from({ length: 60 }, (_, index) => line(200 + index))))
    await check(path)
    await work()
    await post(`${path}/run`, new URLSearchParams())
    await runImports(world.deps)
    await post(`${path}/cancel`, new URLSearchParams())
    await work()
    expect((await figures(path))?.[0]).toBe('cancelled')
    expect(await caseCount()).toBe(25)
    expect(await rows('SELECT count(*) FROM ledger_import_lines WHERE cells IS NOT NULL')).toEqual([
      [0],
    ])
    expect((await post(`${path}/run`, new URLSearchParams())).status).toBe(409)
  })

  it('forgets what the file said when it is done, or left alone for a week', async () => {
    await importAll(csv(line(300)))
    const kept = 'SELECT count(*) FROM ledger_import_lines WHERE cells IS NOT NULL'
    expect(await rows(kept)).toEqual([[0]])
    const path = await upload(csv(line(301)))
    world.tick(6 * 86_400)
    await dropOldImports(world.deps)
    expect(await rows(kept)).toEqual([[2]])
    world.tick(86_401)
    await dropOldImports(world.deps)
    expect(await rows(kept)).toEqual([[0]])
    expect((await figures(path))?.[0]).toBe('cancelled')
  })

  it('minds an application that was handed in between trial and run', async () => {
    const path = await upload(csv(line(400), line(401)))
    await check(path)
    await work()
    const other = await upload(csv(line(400)))
    await check(other)
    await work()
    await post(`${other}/run`, new URLSearchParams())
    await work()
    await post(`${path}/run`, new URLSearchParams())
    await work()
    expect(await figures(path)).toEqual(['done', 2, 1, 0, 1])
    expect(await caseCount()).toBe(2)
  })
})
