import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyFunds } from '../../db/funds/verify.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { createApp } from '../../src/app.ts'
import { readTable } from '../../src/platform/tables/read-table.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'
import { seedFunds, seedGranted } from './seed.ts'

let desk: Desk
let city: string
let second: string
let yunyan: string
beforeEach(async () => {
  desk = await createDesk()
  const { deps } = desk.world
  city = (await signInAs(deps, 'finance')).cookie
  second = (await signInAs(deps, 'finance')).cookie
  yunyan = (await signInAs(deps, 'finance', 'yunyan')).cookie
})
afterEach(async () => {
  expect(await verifyFunds(desk.world.db)).toMatchObject({ ok: true })
  expect(await verifyAudit(desk.world.db)).toMatchObject({ ok: true })
  await desk.world.close()
})

let keys = 0
const form = (fields: Record<string, string>) => ({
  fund: 'direct',
  document: '筑财〔2018〕1号',
  day: '2018-06-01',
  key: `form-key-${++keys}`,
  ...fields,
})
const move = (cookie: string, path: string, fields: Record<string, string>) =>
  desk.post(cookie, `/console/${path}/move`, form(fields))

describe('a district’s money in the console', () => {
  it('is need against reserve, what lacks in red, and no need is made up without a quota', async () => {
    const before = (await desk.get(city, '/console/funds')).text
    expect(before).toContain('公开的文件没有写各区')
    expect(before).toContain('没有指标')
    expect(before).toContain('省级11025万元 · 市级1575万元 · 区县3150万元')
    const quota = {
      fund: 'direct',
      households: '200',
      quotaDocument: '黔财〔2018〕9号',
      version: '0',
    }
    const set = await desk.post(city, '/console/funds/yunyan/quota', quota)
    expect(set.to).toBe('/console/funds/yunyan?fund=direct&done')
    const late = await desk.post(city, '/console/funds/yunyan/quota', { ...quota, households: '1' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('别人刚刚改过')
    expect((await desk.post(yunyan, '/console/funds/yunyan/quota', quota)).status).toBe(403)
    expect(
      (await move(yunyan, 'funds/yunyan', { move: 'reserve', county: '1799999.99' })).status,
    ).toBe(303)
    const { text } = await desk.get(yunyan, '/console/funds/yunyan')
    expect(text).toContain('省级630万元 · 市级90万元 · 区县180万元')
    expect(text).toContain('<strong class="problem">0.01元</strong>')
    await move(yunyan, 'funds/yunyan', { move: 'reserve', county: '0.01' })
    expect((await desk.get(yunyan, '/console/funds')).text).toContain('够了')
    expect((await desk.get(city, '/console/funds?fund=follow-up')).text).toContain('区县12250万元')
  })

  it('keeps what was typed where a form is refused, and does a double click once', async () => {
    const bad = await move(yunyan, 'funds/yunyan', { move: 'reserve', county: '很多钱' })
    expect(bad.status).toBe(400)
    expect(bad.text).toContain('value="很多钱"')
    expect(bad.text).toContain('请按元填写金额')
    const soon = await move(yunyan, 'funds/yunyan', {
      move: 'reserve',
      county: '5',
      day: '2030-01-01',
    })
    expect(soon.text).toContain('这一天还没到')
    const twice = form({ move: 'reserve', county: '12.34' })
    for (const _ of [1, 2]) {
      expect((await desk.post(yunyan, '/console/funds/yunyan/move', twice)).status).toBe(303)
    }
    expect(
      await desk.column("SELECT sum(balance) FROM fund_balances WHERE account = 'county'"),
    ).toEqual([1234])
  })

  it('goes from the province to an enterprise, by two people where it is passed on', async () => {
    const { id, number } = await seedGranted(desk.world.deps, 'yunyan', '好茶行')
    await move(city, 'funds/city', { move: 'receive', province: '31500' })
    await move(city, 'funds/city', { move: 'provide', city: '4500' })
    await move(yunyan, 'funds/yunyan', { move: 'reserve', county: '9000' })
    const early = await move(yunyan, `grants/${id}`, { move: 'allot', amount: '45000' })
    expect(early.text).toContain('省级还有0元，市级还有0元，区县还有9000元')
    await move(city, 'funds/yunyan', { move: 'allocate', province: '31500', city: '4500' })
    expect((await move(yunyan, 'funds/yunyan', { move: 'allocate', province: '1' })).status).toBe(
      403,
    )
    const [act = ''] = await desk.column("SELECT id FROM fund_acts WHERE state = 'asked'")
    expect((await desk.get(city, '/console/funds')).text).toContain('有1笔下拨等第二个人同意')
    const own = await desk.post(city, `/console/acts/${act}/agree`, {})
    expect([own.status, own.text.includes('提出的人自己不能同意')]).toEqual([400, true])
    expect((await desk.post(yunyan, `/console/acts/${act}/agree`, {})).text).toContain(
      '这件事不归您办',
    )
    expect((await desk.post(second, `/console/acts/${act}/agree`, {})).to).toBe(
      '/console/funds/yunyan?fund=direct',
    )
    expect((await desk.post(second, `/console/acts/${act}/decline`, {})).status).toBe(409)
    const given = await move(yunyan, `grants/${id}`, { move: 'allot', amount: '45,000.00 元' })
    expect(given.to).toBe(`/console/grants/${id}?done`)
    const page = (await desk.get(yunyan, `/console/grants/${id}`)).text
    expect(page).toContain('好茶行')
    expect(page).toContain(number)
    expect(page).toContain('省级 3.15万元 · 市级 4500元 · 区县 9000元')
    const again = await desk.post(second, `/console/acts/${act}/reverse`, {
      reason: '写错了',
      key: 'reverse-key-1',
    })
    expect(again.text).toContain('请先撤销后面的')
    const list = await desk.get(yunyan, '/console/grants?show=to-pay')
    expect(list.text).toContain('好茶行')
    expect((await desk.get(yunyan, '/console/grants?show=to-allot')).text).not.toContain('好茶行')
  })

  it('says of each total how many were paid with no amount known, and invents none', async () => {
    const { id, number } = await seedGranted(desk.world.deps, 'yunyan', '老茶行')
    const paid = `UPDATE cases SET stage = 'paid' WHERE id = ?`
    await desk.world.db.write([{ sql: paid, args: [id] }])
    expect((await desk.get(yunyan, '/console/funds')).text).toContain(
      '有1户以前已经拨付，金额没有记',
    )
    expect((await desk.get(yunyan, '/console/grants?show=open')).text).toContain(number)
    expect((await desk.get(yunyan, `/console/grants/${id}`)).text).toContain(
      '以前已拨付，金额没有记',
    )
    const late = await move(yunyan, `grants/${id}`, { move: 'record', amount: '45000.01' })
    expect(late.text).toContain('超过了批准的金额，最多还能4.5万元')
    expect(
      (await move(yunyan, `grants/${id}`, { move: 'record', amount: '40000.01' })).status,
    ).toBe(303)
    const { text } = await desk.get(yunyan, '/console/funds/yunyan')
    expect(text).not.toContain('户以前已经拨付')
    expect(text).toContain('40000.01元')
    expect(text).toContain('其中40000.01元是以前拨付')
  })

  it('is paid in part, taken back, and declined, each noted in the audit', async () => {
    const { caseId, asked } = await seedFunds(desk.world.deps, 'yunyan')
    expect(
      (await move(yunyan, `grants/${caseId}`, { move: 'pay', amount: '40000.01' })).text,
    ).toContain('安排给这户还没拨付的只有4万元')
    expect((await move(yunyan, `grants/${caseId}`, { move: 'pay', amount: '1000' })).status).toBe(
      303,
    )
    const [act = ''] = await desk.column("SELECT id FROM fund_acts WHERE move = 'pay'")
    const back = { reason: '银行退回', key: 'reverse-key-2' }
    expect((await desk.post(yunyan, `/console/acts/${act}/reverse`, back)).status).toBe(303)
    expect((await desk.post(second, `/console/acts/${asked}/decline`, {})).status).toBe(303)
    expect((await desk.get(yunyan, `/console/grants/${caseId}`)).text).toContain('银行退回')
    const noted = await desk.column("SELECT action FROM audit_entries WHERE action LIKE 'fund.%'")
    for (const action of ['fund.paid', 'fund.reversed', 'fund.allocation-declined']) {
      expect(noted).toContain(action)
    }
  })

  it('is a statement as a spreadsheet that adds up to the fen, of one’s own district alone', async () => {
    const { caseId } = await seedFunds(desk.world.deps, 'yunyan')
    await seedFunds(desk.world.deps, 'nanming')
    const app = createApp(desk.world.deps)
    const table = async (cookie: string, path: string) => {
      const response = await app.request(`https://chat.test${path}`, {
        headers: { host: 'chat.test', cookie },
      })
      expect(response.status).toBe(200)
      const read = await readTable(new Uint8Array(await response.arrayBuffer()), 100)
      if (!read.ok) throw new Error(read.problem)
      return read.rows
    }
    const own = await table(yunyan, '/console/funds/statement.xlsx?place=nanming')
    expect(own.some((row) => row.includes('南明区'))).toBe(false)
    expect(
      own
        .map((row) => row[4])
        .slice(1)
        .toSorted(),
    ).toEqual(['向区（市、县）下拨', '向区（市、县）下拨', '区县预留资金', '安排给企业'].toSorted())
    const reserved = own.find((row) => row[4] === '区县预留资金')
    expect(reserved?.[5]).toBe('9000')
    const one = await table(yunyan, `/console/grants/${caseId}/statement.xlsx`)
    expect(one).toHaveLength(2)
    expect(one[1]?.slice(5, 9)).toEqual(['40000', '28000', '4000', '8000'])
    expect((await table(city, '/console/funds/statement.xlsx')).length).toBeGreaterThan(own.length)
  })
})
