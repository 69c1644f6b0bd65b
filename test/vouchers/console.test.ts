import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { amountsOf, loadBudget } from '../../db/vouchers/ledger.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { loadVoucher, openVoucherCode } from '../../db/vouchers/vouchers.ts'
import { createApp } from '../../src/app.ts'
import { type VoucherContext, voucherWorldOf } from '../../src/vouchers/context.ts'
import { makePin } from '../../src/vouchers/pin.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { fileOf } from '../helpers/files.ts'
import { decideAsk } from '../helpers/holder.ts'
import { signInAs } from '../helpers/staff.ts'
import { ENTERPRISE_CODE, seedContract, seedProvider, voucherPack } from '../helpers/vouchers.ts'

let desk: Desk
let world: VoucherContext
let city: string
let money: string
beforeEach(async () => {
  desk = await createDesk()
  const { deps } = desk.world
  const found = await voucherWorldOf(deps)
  if (found === null) throw new Error('no vouchers')
  world = found
  city = (await signInAs(deps, 'city-reviewer')).cookie
  money = (await signInAs(deps, 'finance')).cookie
})
afterEach(async () => {
  expect(await verifyVouchers(desk.world.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  expect(await verifyAudit(desk.world.db)).toMatchObject({ ok: true })
  await desk.world.close()
})

const budget = () => loadBudget(desk.world.db, 'guiyang-2018:2018')
const allot = (amount: string, key = 'budget-key-1', reason = '年度预算') =>
  desk.post(money, '/console/vouchers/budget', { amount, reason, key })

/** An approved application of somebody with a web chat. */
async function approved(serial: number): Promise<{ number: string; contactId: string }> {
  const { number } = await desk.handIn(serial, {
    answers: {
      enterpriseName: `小李${serial}号早餐店`,
      creditCode: serial === 1 ? ENTERPRISE_CODE : `91520100MA${String(serial).padStart(8, '0')}`,
    },
  })
  const granted = `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE number = ?`
  await desk.world.db.write([{ sql: granted, args: [number] }])
  return { number, contactId: `contact-${serial}` }
}

const issueTo = (numbers: string, key: string, kind = 'bookkeeping') =>
  desk.post(city, '/console/vouchers/issue', { whom: 'list', numbers, kind, limit: '50', key })

describe('the money of the year', () => {
  it('is allotted by the city’s finance office, once for two clicks, never above the ceiling', async () => {
    const bad = await allot('很多钱')
    expect(bad.status).toBe(400)
    expect(bad.text).toContain('value="很多钱"')
    expect(bad.text).toContain('请按元填写')
    expect((await allot('500,000.5 元')).to).toBe('/console/vouchers/budget?done')
    expect((await allot('500000.5')).status).toBe(303)
    expect(await budget()).toMatchObject({ allottedFen: 50_000_050 })
    const above = await allot('600000', 'budget-key-2')
    expect(above.text).toContain('超过了全年预算的上限')
    const away = (await signInAs(desk.world.deps, 'finance', 'yunyan')).cookie
    const refused = await desk.post(away, '/console/vouchers/budget', {
      amount: '1',
      reason: 'x',
      key: 'budget-key-3',
    })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain('这件事不归您办')
    expect((await desk.post(city, '/console/vouchers/budget', {})).status).toBe(403)
    expect((await desk.get(money, '/console/vouchers')).text).toContain('500000.5元')
  })
})

describe('an issue', () => {
  it('says for each number what came of it; sent twice, it issues once', async () => {
    await allot('10000')
    const [one, two] = [await approved(1), await approved(2)]
    const list = `${one.number}\t\n${two.number}、NOBODY-1`
    const { text } = await issueTo(list, 'issue-key-1')
    expect(text).toContain('发出2张，没发1张')
    expect(text).toContain('没有这个申请编号')
    expect(text).toMatch(/<textarea[^>]*>NOBODY-1<\/textarea>/)
    expect((await issueTo(list, 'issue-key-1')).text).toContain('刚才已经发过')
    expect((await issueTo(one.number, 'issue-key-2')).text).toContain('已经有一张同类的券')
    expect(await budget()).toMatchObject({ outstanding: 480_000 })
    const empty = await issueTo(' ', 'issue-key-3')
    expect(empty.status).toBe(400)
    expect(empty.text).toContain('请填申请编号')
  })

  it('ends where the budget does, and by the rule goes to who may have one', async () => {
    await allot('5000')
    for (const serial of [1, 2, 3]) await approved(serial)
    const rule = { whom: 'rule', numbers: '', kind: 'bookkeeping', limit: '10', key: 'rule-key-1' }
    const { text } = await desk.post(city, '/console/vouchers/issue', rule)
    expect(text).toContain('发出2张，没发1张')
    expect(text).toContain('预算不够了')
    const silly = await desk.post(city, '/console/vouchers/issue', { ...rule, limit: '9999' })
    expect(silly.status).toBe(400)
  })
})

describe('a voucher', () => {
  it('is within its district only, in list, page and moves, and every page says that it is a sample', async () => {
    const { number } = await seedContract(
      desk.world.deps,
      await seedProvider(desk.world.deps, 'p1'),
    )
    const at = (district: string) => signInAs(desk.world.deps, 'district-reviewer', district)
    const [own, other] = [(await at('yunyan')).cookie, (await at('nanming')).cookie]
    expect((await desk.get(own, '/console/vouchers')).text).toContain(number)
    expect((await desk.get(other, '/console/vouchers')).text).not.toContain(number)
    expect((await desk.get(own, `/console/vouchers/${number}`)).text).toContain('好账本')
    expect((await desk.get(other, `/console/vouchers/${number}`)).status).toBe(404)
    expect((await desk.post(other, `/console/vouchers/${number}/move`, {})).status).toBe(404)
    for (const [cookie, path] of [
      [own, '/console/vouchers'],
      [own, `/console/vouchers/${number}`],
      [own, '/console/vouchers/settlement'],
      [own, '/console/providers'],
      [city, '/console/vouchers/issue'],
      [money, '/console/vouchers/budget'],
    ] as const) {
      expect((await desk.get(cookie, path)).text, path).toContain('【示范】')
    }
  })

  it('is revoked with a reason; what was typed stays, and who comes second is told', async () => {
    const { number, voucherId } = await seedContract(
      desk.world.deps,
      await seedProvider(desk.world.deps, 'p1'),
    )
    const { version = 0 } = (await loadVoucher(desk.world.db, { id: voucherId })) ?? {}
    const path = `/console/vouchers/${number}/move`
    const form = { move: 'revoke', version: String(version), key: 'revoke-key-1' }
    const noReason = await desk.post(city, path, { ...form, note: '转让给别人' })
    expect(noReason.status).toBe(400)
    expect(noReason.text).toContain('请选一个原因')
    expect(noReason.text).toContain('转让给别人')
    const late = {
      ...form,
      version: '1',
      reason: 'misuse',
      note: '转让给别人',
      key: 'revoke-key-2',
    }
    expect((await desk.post(city, path, late)).status).toBe(409)
    const right = { ...form, reason: 'misuse', note: '转让给别人' }
    expect((await desk.post(city, path, right)).status).toBe(303)
    expect((await desk.post(city, path, right)).status).toBe(303)
    const page = await desk.get(city, `/console/vouchers/${number}?done=revoke`)
    expect(page.text).toContain('已办：撤销')
    expect(page.text).toContain('违规使用')
    expect((await desk.post(city, path, { move: 'grant', version: '1' })).status).toBe(400)
    // The audit names it by its id, which leads to the same page.
    expect((await desk.get(city, `/console/vouchers/${voucherId}`)).to).toBe(
      `/console/vouchers/${number}`,
    )
  })
})

describe('a provider’s counter', () => {
  it('reads a code, agrees on a price, redeems, reverses, claims, and is paid and settled', async () => {
    const { deps, db, vault, logged } = { ...desk.world, ...desk.world.deps, db: desk.world.db }
    await seedProvider(deps, 'p1')
    const counter = (await signInAs(deps, 'provider')).cookie
    await allot('10000')
    const { number: caseNumber, contactId } = await approved(1)
    await issueTo(caseNumber, 'issue-key-1')
    const number = 'DZQ18-000001'
    const head = await loadVoucher(db, { number })
    const voucherId = head?.id ?? ''
    const code = (await openVoucherCode(db, vault, voucherId)) ?? ''

    const slip = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A')
    const wrong = await desk.post(counter, '/console/redeem', { code: slip })
    expect([wrong.status, wrong.text.includes(`value="${slip}"`)]).toEqual([400, true])
    const shown = await desk.post(counter, '/console/redeem', { code: code.toLowerCase() })
    expect(shown.text).toContain('小李＊＊＊餐店')
    expect(shown.text).not.toContain('小李1号早餐店')
    expect(shown.text).not.toContain(caseNumber)

    const lock = { code, title: '全年代理记账', total: '3600', key: 'lock-key-1', how: 'chat' }
    const free = await desk.post(counter, '/console/redeem/lock', { ...lock, total: '不多' })
    expect(free.status).toBe(400)
    expect(free.text).toContain('value="不多"')
    expect(free.text).toContain('value="全年代理记账"')
    const asked = await desk.post(counter, '/console/redeem/lock', lock)
    expect(asked.to).toMatch(/^\/console\/asks\//)
    expect((await desk.post(counter, '/console/redeem/lock', lock)).to).toBe(asked.to)
    const askPage = asked.to ?? ''
    expect((await desk.get(counter, askPage)).text).toContain('data-hx-trigger="every 3s"')
    const stranger = await signInAs(deps, 'provider')
    await db.write([
      { sql: "UPDATE staff SET provider_id = 'p2' WHERE id = ?", args: [stranger.id] },
    ])
    expect((await desk.get(stranger.cookie, askPage)).status).toBe(404)
    const askId = askPage.split('/').at(-1) ?? ''
    expect(await decideAsk(world, { askId, contactId, yes: true })).toMatchObject({ ok: true })
    const agreed = await desk.get(counter, askPage)
    expect(agreed.text).toContain('持券人同意了')
    expect(agreed.text).not.toContain('every 3s')

    const own = `/console/redeem/${number}`
    expect((await desk.get(stranger.cookie, own)).status).toBe(404)
    const much = { amount: '1800.01', last: '1', key: 'redeem-key-1', how: 'chat' }
    const tooMuch = await desk.post(counter, `${own}/redeem`, much)
    expect(tooMuch.text).toContain('最多1800元')
    expect(tooMuch.text).toContain('value="1800.01"')
    const { pin = '' } = (await makePin(world, { voucherId, contactId })) ?? {}
    const closing = { amount: '1000', last: '1', key: 'redeem-key-0', how: 'pin', pin }
    expect((await desk.post(counter, `${own}/redeem`, closing)).text).toContain('剩下的钱会作废')
    expect((await desk.get(counter, own)).text).not.toMatch(/name="last"[^>]*checked/)
    const byPin = { amount: '1000', key: 'redeem-key-2', how: 'pin' }
    const bad = pin === '000000' ? '000001' : '000000'
    const first = await desk.post(counter, `${own}/redeem`, { ...byPin, pin: bad })
    expect(first.text).toContain('还能试4次')
    expect(first.text).not.toContain(bad)
    for (let left = 3; left >= 0; left--) {
      await desk.post(counter, `${own}/redeem`, { ...byPin, pin: bad })
    }
    expect((await desk.post(counter, `${own}/redeem`, { ...byPin, pin })).text).toContain(
      '没有可用的核销密码',
    )
    const again = (await makePin(world, { voucherId, contactId }))?.pin ?? ''
    const redeemed = await desk.post(counter, `${own}/redeem`, { ...byPin, pin: again })
    expect(redeemed.to).toBe(`${own}?done=redeem`)
    // Pressed twice.
    expect((await desk.post(counter, `${own}/redeem`, { ...byPin, pin: again })).to).toBe(
      `${own}?done=redeem`,
    )
    expect(await amountsOf(db, voucherId)).toMatchObject({ redeemed: 100_000 })

    const [redemption = ''] = await desk.column('SELECT id FROM voucher_redemptions')
    const back = { redemption: String(redemption), key: 'reverse-key-1', note: '' }
    expect((await desk.post(counter, `${own}/reverse`, back)).text).toContain('请选一个原因')
    expect((await desk.post(counter, `${own}/reverse`, { ...back, reason: 'mistake' })).to).toBe(
      `${own}?done=reverse`,
    )
    // The last of it is the holder's to say, in the chat.
    const end = { amount: '1000', last: '1', key: 'redeem-key-3', how: 'chat' }
    const endPage = (await desk.post(counter, `${own}/redeem`, end)).to ?? ''
    const endId = endPage.split('/').at(-1) ?? ''
    await decideAsk(world, { askId: endId, contactId, yes: true })

    const claim = { invoiceNumber: '05200018-0011', key: 'claim-key-1' }
    const missing = await desk.post(counter, `${own}/claim`, claim)
    expect(missing.text).toContain('要交齐')
    expect(missing.text).toContain('value="05200018-0011"')
    for (const kind of ['contract', 'invoice', 'proof']) {
      expect((await upload(counter, `${own}/papers`, kind)).status).toBe(303)
    }
    const noFile = await upload(counter, `${own}/papers`, 'contract', 'not a picture')
    expect(noFile.status).toBe(400)
    expect((await desk.post(counter, `${own}/claim`, claim)).to).toBe(`${own}?done=claim`)

    const [paper] = await desk.column('SELECT id FROM voucher_papers')
    const served = await desk.get(city, `/console/vouchers/${number}/papers/${paper}`)
    expect(served.headers.get('content-security-policy')).toContain('sandbox')
    expect(served.headers.get('content-disposition')).toContain('attachment')
    expect((await desk.get(stranger.cookie, `${own}/papers/${paper}`)).status).toBe(404)

    const { version = 0 } = (await loadVoucher(db, { number })) ?? {}
    const check = { move: 'check-claim', version: String(version), key: 'check-key-1' }
    expect((await desk.post(city, `/console/vouchers/${number}/move`, check)).status).toBe(303)
    expect((await desk.post(city, '/console/vouchers/pay', {})).status).toBe(403)
    const nothing = await desk.post(money, '/console/vouchers/pay', { key: 'pay-key-1' })
    expect(nothing.status).toBe(400)
    const pay = { number, key: 'pay-key-1', month: '2018-06' }
    expect((await desk.post(money, '/console/vouchers/pay', pay)).text).toContain('付好了1张')
    expect((await desk.post(money, '/console/vouchers/pay', pay)).text).toContain('付好了1张')
    expect(await budget()).toMatchObject({ paid: 100_000, available: 900_000 })
    const month = deps.now().slice(0, 7)
    for (const [cookie, path] of [
      [money, `/console/vouchers/settlement.csv?month=${month}`],
      [counter, `/console/redeem/settlement.csv?month=${month}`],
    ] as const) {
      const csv = await desk.get(cookie, path)
      expect(csv.text).toContain(`贵阳好账本财务咨询有限公司,${number}`)
      expect(csv.text).toContain('05200018-0011,3600,1000,已付款')
    }
    const none = await desk.get(stranger.cookie, `/console/redeem/settlement.csv?month=${month}`)
    expect(none.text).not.toContain(number)
    expect(logged.join('\n')).not.toContain(code)
    expect(logged.join('\n')).not.toMatch(/05200018|好账本/)
  })

  it('stops who tries one code after another', async () => {
    await seedProvider(desk.world.deps, 'p1')
    const counter = (await signInAs(desk.world.deps, 'provider')).cookie
    const { text } = await desk.post(counter, '/console/redeem', { code: 'AAAA' })
    expect(text).toContain('一共16位')
    let last = ''
    for (let tries = 0; tries <= 60; tries++) {
      last = (await desk.post(counter, '/console/redeem', { code: '2222222222222222' })).text
    }
    expect(last).toContain('试得太多了')
  })
})

describe('the register', () => {
  it('is kept by the city’s reviewers: listed, suspended with a reason, read by all', async () => {
    const form = {
      name: '贵阳好账本财务咨询有限公司',
      creditCode: '91350100M000100Y43',
      service: ['bookkeeping', 'legal'],
      legalPersonId: '',
      phone: '',
    }
    const typo = await desk.post(city, '/console/providers', { ...form, creditCode: '91350' })
    expect(typo.status).toBe(400)
    expect(typo.text).toContain('value="贵阳好账本财务咨询有限公司"')
    const person = { ...form, legalPersonId: '520102198001010014' }
    expect((await desk.post(city, '/console/providers', person)).text).toContain('身份证号不对')
    const { to } = await desk.post(city, '/console/providers', form)
    const path = to?.replace('?done', '') ?? ''
    expect((await desk.post(city, '/console/providers', form)).text).toContain('已经在名册里了')
    const noReason = { status: 'suspended', reason: ' ' }
    expect((await desk.post(city, `${path}/status`, noReason)).status).toBe(400)
    const reason = { status: 'suspended', reason: '核查中' }
    expect((await desk.post(money, `${path}/status`, reason)).status).toBe(403)
    expect((await desk.post(city, `${path}/status`, reason)).status).toBe(303)
    const auditor = (await signInAs(desk.world.deps, 'auditor')).cookie
    const page = await desk.get(auditor, path)
    expect(page.text).toContain('暂停')
    expect(page.text).not.toContain('<form class="stack"')
  })
})

function upload(cookie: string, path: string, kind: string, words?: string) {
  const body = new FormData()
  body.set('kind', kind)
  body.set('file', new File([words ?? fileOf('png', kind)], `${kind}.png`))
  return createApp(desk.world.deps).request(`https://chat.test${path}`, {
    method: 'POST',
    body,
    headers: { host: 'chat.test', origin: 'https://chat.test', cookie },
  })
}
