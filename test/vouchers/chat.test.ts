import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCase } from '../../db/cases/cases.ts'
import { answersContext, openCase } from '../../db/cases/content.ts'
import { memoryContext } from '../../db/conversation/stored-sessions.ts'
import { beginPaper } from '../../db/vouchers/claims.ts'
import { amountsOf } from '../../db/vouchers/ledger.ts'
import { verifyVouchers } from '../../db/vouchers/verify.ts'
import { loadVoucher } from '../../db/vouchers/vouchers.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { allotBudget } from '../../src/vouchers/budget.ts'
import { askLock, askRedeem } from '../../src/vouchers/consent-request.ts'
import {
  type VoucherContext,
  type VoucherStaff,
  voucherWorldOf,
} from '../../src/vouchers/context.ts'
import { makePin, redeemWithPin } from '../../src/vouchers/pin.ts'
import { putProvider } from '../../src/vouchers/providers.ts'
import { reviewVoucher } from '../../src/vouchers/review.ts'
import { sweepVouchers } from '../../src/vouchers/sweep.ts'
import { createWorld, type TestWorld, testVault } from '../helpers/app.ts'
import { applicationLines, numberIn } from '../helpers/applicant.ts'
import { createFakeChannel } from '../helpers/channels/fake-channel.ts'
import { createTalker } from '../helpers/talk.ts'
import {
  CITY,
  DISTRICT,
  ENTERPRISE_CODE,
  FINANCE,
  PROVIDER,
  PROVIDER_CODE,
  voucherPack,
} from '../helpers/vouchers.ts'

let app: TestWorld
let world: VoucherContext
let provider: VoucherStaff
let me: ReturnType<typeof createTalker>
const CHATS = 40
const channel = { ...createFakeChannel(), type: 'web' as const }

beforeEach(async () => {
  channel.sent.length = 0
  app = await createWorld([channel])
  const found = await voucherWorldOf(app.deps)
  if (found === null) throw new Error('no vouchers')
  world = found
  const put = await putProvider(world, CITY, {
    name: '贵阳好账本财务咨询有限公司',
    creditCode: PROVIDER_CODE,
    services: ['bookkeeping'],
  })
  if (!put.ok) throw new Error(put.problem.kind)
  provider = { ...PROVIDER, providerId: put.provider.id }
  await allotBudget(world, FINANCE, { amountFen: 10_000_000, reason: '年度预算', key: 'b' })
  me = createTalker(app, { channel: 'web', id: 'w1' })
})
afterEach(() => app.close())

/** Applies and is approved; gives the number of the case. */
async function approved(): Promise<string> {
  const number = numberIn(await me.sayAll(applicationLines(1))) ?? ''
  const id = (await loadCase(app.db, { number }))?.id ?? ''
  const answers = {
    ...(await openCase(app.db, testVault, id))?.answers,
    creditCode: ENTERPRISE_CODE,
  }
  await app.db.write([
    {
      sql: `UPDATE cases SET stage = 'approved', outcome = 'granted', answers = ? WHERE id = ?`,
      args: [await testVault.seal(JSON.stringify(answers), answersContext(id)), id],
    },
  ])
  return number
}

/** Asks for a voucher in chat and has it issued; gives its number. */
async function issuedInChat(): Promise<string> {
  await approved()
  const applied = await me.sayAll(['我的电子券', '申请电子券', '财务代理', '申请'])
  const number = /DZQ18-\d{6}/.exec(applied)?.[0] ?? ''
  const review = { number, version: 1, move: 'district-pass' } as const
  expect(await reviewVoucher(world, DISTRICT, review)).toMatchObject({ ok: true })
  expect(await reviewVoucher(world, CITY, { number, version: 2, move: 'issue' })).toMatchObject({
    ok: true,
    notified: true,
  })
  return number
}

describe('“我的电子券”', () => {
  it('is for those whose application is approved, and says that the rules are a sample', async () => {
    expect(await me.say('我的电子券')).toMatch(/没有电子券[\s\S]*批准以后[\s\S]*示范/)
    await approved()
    expect(await me.say('我的电子券')).toMatch(/没有电子券[\s\S]*示范/)
    expect(await me.say('申请电子券')).toMatch(/财务代理：[\s\S]*面额2400元[\s\S]*示范/)
    expect(await me.say('财务代理')).toMatch(/现在申请吗/)
    expect(await me.say('先不申请')).toMatch(/没有申请/)
  })

  it('carries a voucher from the request to the redemption', async () => {
    const number = await issuedInChat()
    await dispatchOutbox(app.deps, async () => {})
    const notice = channel.sent
      .map(({ body }) => body)
      .find(({ text }) => text.includes('发下来了'))
    expect(notice?.text).toMatch(/券码：[2-9A-Z]{4}(-[2-9A-Z]{4}){3}\n【示范】/)
    expect(notice?.image).toMatchObject({
      value: expect.stringMatching(/^https:\/\/chat\.test\/console\/redeem#v=/),
    })
    const shown = await me.say('我的电子券')
    expect(shown).toMatch(/可以使用[\s\S]*还剩2400元，2018-11-28以前[\s\S]*券码：/)
    expect(await me.say('怎么用')).toMatch(/先谈好价钱/)
    expect(await me.say('找服务机构')).toMatch(/· 贵阳好账本/)
    const head = await loadVoucher(app.db, { number })
    const voucherId = head?.id ?? ''
    const asked = await askLock(world, provider, {
      voucherId,
      contractFen: 300_000,
      title: '全年记账',
      key: 'l',
    })
    if (!asked.ok) throw new Error(asked.problem.kind)
    const look = { type: 'choice', value: `!voucher:ask:${asked.ask.id}` } as const
    expect(await me.say(look)).toMatch(/“全年记账”，合同总价3000元，电子券（DZQ18-\d+）付1500元/)
    await me.say('菜单')
    expect(await me.say(look)).toMatch(/全年记账/)
    expect(await me.say('1')).toMatch(/拿不准就选不同意/)
    expect(await me.say('同意')).toMatch(/留着1500元/)
    expect(await me.say(look)).toMatch(/已经过了时间，或者已经处理过/)
    await askRedeem(world, provider, { voucherId, amountFen: 50_000, last: false, key: 'r' })
    expect(await me.say('我的电子券')).toMatch(/核销500元[\s\S]*没做完，别同意/)
    expect(await me.say('不同意')).toMatch(/券没有动/)
    await askRedeem(world, provider, { voucherId, amountFen: 50_000, last: false, key: 'r2' })
    await me.sayAll(['我的电子券', '同意'])
    expect((await loadVoucher(app.db, { number }))?.state).toBe('locked')
    const said = await me.sayAll(['我的电子券', '取核销密码'])
    const pin = /\d{6}/.exec(said)?.[0] ?? ''
    const last = { voucherId, amountFen: 100_000, last: true, pin, key: 'r3' }
    expect(await redeemWithPin(world, provider, last)).toMatchObject({ ok: true })
    expect(await me.sayAll(['我的电子券', '看经过'])).toMatch(
      /申请[\s\S]*发放[\s\S]*签约留券[\s\S]*核销一部分[\s\S]*核销/,
    )
    expect(await verifyVouchers(app.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  })

  it('is told what lapses by the last redemption, before they say yes', async () => {
    const number = await issuedInChat()
    const voucherId = (await loadVoucher(app.db, { number }))?.id ?? ''
    await askLock(world, provider, { voucherId, contractFen: 300_000, title: '记账', key: 'l' })
    await me.sayAll(['我的电子券', '同意'])
    await askRedeem(world, provider, { voucherId, amountFen: 50_000, last: true, key: 'r' })
    // Of 2400 yuan, 1500 were kept for the contract.
    expect(await me.say('我的电子券')).toMatch(/核销500元[\s\S]*剩下的1900元作废/)
    await dispatchOutbox(app.deps, async () => {})
    const told = channel.sent.map(({ body }) => body.text).join()
    expect(told).toContain('剩下的1900元作废')
    await me.say('不同意')
    await askRedeem(world, provider, { voucherId, amountFen: 50_000, last: false, key: 'r2' })
    expect(await me.say('我的电子券')).not.toContain('作废')
    await me.say('不同意')
    await askRedeem(world, provider, { voucherId, amountFen: 150_000, last: false, key: 'r3' })
    expect(await me.say('我的电子券')).toMatch(/剩下的900元作废/)
  })

  it('is delivered twice and answered once', async () => {
    const number = await issuedInChat()
    const voucherId = (await loadVoucher(app.db, { number }))?.id ?? ''
    await askLock(world, provider, { voucherId, contractFen: 300_000, title: '记账', key: 'l' })
    await me.say('我的电子券')
    const answers = await Promise.all([me.say('同意', 'same'), me.say('同意', 'same')])
    expect(answers[0]).toBe(answers[1])
    expect(await verifyVouchers(app.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  })

  it('takes a request back, and a voucher that was not used', async () => {
    await approved()
    await me.sayAll(['我的电子券', '申请电子券', '财务代理', '申请'])
    expect(await me.sayAll(['我的电子券', '撤回申请', '是的'])).toMatch(/撤回了/)
    const again = await me.sayAll(['我的电子券', '申请电子券', '财务代理', '申请'])
    const number = /DZQ18-\d{6}/.exec(again)?.[0] ?? ''
    await reviewVoucher(world, DISTRICT, { number, version: 1, move: 'district-pass' })
    await reviewVoucher(world, CITY, { number, version: 2, move: 'issue' })
    expect(await me.sayAll(['我的电子券', '退券', '是的'])).toMatch(/退掉了/)
    expect(await verifyVouchers(app.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
    const [rows = []] = await app.db.read([{ sql: 'SELECT given FROM voucher_yearly', args: [] }])
    expect(rows).toEqual([[0]])
  })

  it('goes back where one came from, and out of what came first', async () => {
    await issuedInChat()
    expect(await me.say('我的电子券')).toMatch(/财务代理/)
    expect(await me.say('退券')).toMatch(/真的退掉/)
    expect(await me.say('返回')).toMatch(/DZQ18-/)
    expect(await me.say('退券')).toMatch(/真的退掉/)
    expect(await me.say('先不')).toMatch(/没有[\s\S]*DZQ18-/)
    expect(await me.say('返回')).toMatch(/微企通/)
  })

  it.each([
    [{ view: 'one', wanted: { what: 'move', move: 'give-back' } }, '是的', /退掉了/],
    [{ view: 'one', wanted: { what: 'move', move: 'give-back' } }, '返回', /./],
    [{ view: 'one', wanted: null, can: ['give-back'] }, '退券', /真的退掉/],
    [{ view: 'home', wanted: null }, '申请电子券', /商标专利/],
  ])('goes on where version 1 of the flow left off: %j, %s', async (data, words, answer) => {
    const number = await issuedInChat()
    await me.say('我的电子券')
    const [[[id, sealed] = []] = []] = await app.db.read([
      { sql: `SELECT id, memory FROM sessions WHERE channel = 'web'`, args: [] },
    ])
    if (!(sealed instanceof Uint8Array)) throw new Error('no memory')
    const context = memoryContext(String(id))
    const memory = JSON.parse(await testVault.openText(sealed, context))
    const run = memory.state.stack.at(-1)
    const old = { ask: null, listed: [number], kinds: [], can: [], usable: true, number, ...data }
    const stack = [{ ...run, version: 1, step: 'showing', trail: [], data: old }]
    const before = { ...memory, state: { ...memory.state, stack } }
    await app.db.write([
      {
        sql: 'UPDATE sessions SET memory = ?, version = version + 1 WHERE id = ?',
        args: [await testVault.seal(JSON.stringify(before), context), String(id)],
      },
    ])
    expect(await me.say(words)).toMatch(answer)
    expect(app.logged.filter((line) => line.includes('failed'))).toEqual([])
  })

  it('reminds at 30, 7 and 1 days, once each, and ends after its last day', async () => {
    const number = await issuedInChat()
    const sweeps: number[] = []
    for (let day = 0; day <= 181; day++) {
      const [one, two] = await Promise.all([sweepVouchers(app.deps), sweepVouchers(app.deps)])
      if (one.reminded + two.reminded > 0) sweeps.push(day)
      expect(one.reminded + two.reminded).toBeLessThan(2)
      app.tick(86_400)
    }
    expect(sweeps).toEqual([150, 173, 179])
    expect((await loadVoucher(app.db, { number }))?.state).toBe('expired')
    expect(await verifyVouchers(app.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
  })

  it('sweeps asks that are over, PINs, and files that a crash left half-way', async () => {
    const number = await issuedInChat()
    const head = await loadVoucher(app.db, { number })
    const voucherId = head?.id ?? ''
    await askLock(world, provider, { voucherId, contractFen: 300_000, title: '记账', key: 'l' })
    await makePin(world, { voucherId, contactId: head?.contactId ?? '' })
    await app.db.write([
      await beginPaper(testVault, {
        id: 'half',
        voucherId,
        providerId: provider.providerId ?? '',
        kind: 'proof',
        mime: 'image/png',
        size: 9,
        name: 'x.png',
        at: app.deps.now(),
      }),
    ])
    await app.deps.blobs.put('half', new Uint8Array(9))
    app.tick(3601)
    await sweepVouchers(app.deps)
    const count = async (sql: string) =>
      Number((await app.db.read([{ sql: `SELECT count(*) FROM ${sql}`, args: [] }]))[0]?.[0]?.[0])
    expect(await count(`voucher_asks WHERE status = 'lapsed'`)).toBe(1)
    expect(await count('voucher_pins')).toBe(0)
    expect(await count('voucher_papers')).toBe(0)
    expect(await app.deps.blobs.get('half')).toBe(null)
  })
})

it('redeems once where a holder agrees in many chats at once, each message delivered twice', async () => {
  const number = await issuedInChat()
  const voucherId = (await loadVoucher(app.db, { number }))?.id ?? ''
  const lock = await askLock(world, provider, {
    voucherId,
    contractFen: 300_000,
    title: '全年记账',
    key: 'lock-many',
  })
  if (!lock.ok) throw new Error(lock.problem.kind)
  await me.say({ type: 'choice', value: `!voucher:ask:${lock.ask.id}` })
  expect(await me.say('同意')).toMatch(/留着1500元/)
  const redeem = await askRedeem(world, provider, {
    voucherId,
    amountFen: 150_000,
    last: true,
    key: 'redeem-many',
  })
  if (!redeem.ok) throw new Error(redeem.problem.kind)
  const [contact = []] = await app.db.read([
    {
      sql: "SELECT contact_id FROM addresses WHERE channel = 'web' AND external_id = 'w1'",
      args: [],
    },
  ])
  const chats = await Promise.all(
    Array.from({ length: CHATS }, async (_, index) => {
      const chat = createTalker(app, { channel: 'web', id: `many-${index}` })
      await chat.say('菜单')
      await app.db.write([
        {
          sql: 'UPDATE addresses SET contact_id = ? WHERE external_id = ?',
          args: [contact[0]?.[0] ?? '', `many-${index}`],
        },
        {
          sql: 'UPDATE sessions SET contact_id = ?, version = version + 1 WHERE external_id = ?',
          args: [contact[0]?.[0] ?? '', `many-${index}`],
        },
      ])
      await chat.say({ type: 'choice', value: `!voucher:ask:${redeem.ask.id}` })
      return chat
    }),
  )
  const heard = await Promise.all(
    chats.flatMap((chat, index) => [
      chat.say('同意', `yes-${index}`),
      chat.say('同意', `yes-${index}`),
    ]),
  )
  const done = heard.filter((text) => /核销好了/.test(text))
  expect(new Set(done).size).toBe(1)
  expect(done).toHaveLength(2)
  expect(await amountsOf(app.db, voucherId)).toMatchObject({ committed: 0, redeemed: 150_000 })
  expect(await verifyVouchers(app.db, voucherPack.vouchers.life)).toMatchObject({ ok: true })
})
