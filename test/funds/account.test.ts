import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertPayee } from '../../db/funds/payees.ts'
import { contactOf } from '../../db/people/my-data.ts'
import { payeeForm } from '../../db/policy/common/payee.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { checkOneOf } from '../../flows/programme/form/check-choice.ts'
import { copyOf } from '../../src/people/my-data/copy.ts'
import { createCaseTalk } from '../helpers/case-talk.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { openEverything } from '../helpers/residue.ts'
import { signInAs } from '../helpers/staff.ts'
import { createTalker } from '../helpers/talk.ts'
import { seedGranted } from './seed.ts'

const NUMBER = '6205500000000000004'
let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(async () => {
  expect(await verifyAudit(desk.world.db)).toMatchObject({ ok: true })
  await desk.world.close()
})

let people = 0
/** Somebody in a chat whose application is approved. */
async function approved(channel: 'web' | 'telegram' = 'web') {
  const { deps, db } = desk.world
  const me = createTalker(desk.world, { channel, id: `payee-${++people}` })
  await me.say('/start')
  const one = await seedGranted(deps, 'yunyan', '好茶行')
  await db.write([
    {
      sql: `UPDATE cases SET contact_id = (SELECT contact_id FROM addresses WHERE external_id = ?) WHERE id = ?`,
      args: [me.from.id, one.id],
    },
  ])
  return { me, one }
}
const tap = (value: string) => ({ type: 'choice', value }) as const
const GIVE = [tap('!payment'), '同意', '我本人的', '某某银行云岩支行', NUMBER]

describe('the account to pay to', () => {
  it('is asked for by chat after approval, checked, shown masked, and stands', async () => {
    const { me, one } = await approved()
    const first = await me.say('我的钱什么时候到账')
    expect(first).toContain('钱还没有拨付')
    expect(first).toContain('只用来打这笔补助')
    expect(first).toContain('示例')
    expect(await me.say('同意')).toContain('谁的账户')
    expect(await me.say('我本人的')).toContain('哪家银行')
    expect(await me.say('返回')).toContain('现在填的是：我本人的')
    await me.say('不改')
    expect(await me.say('某某银行云岩支行')).toContain('账号')
    expect(await me.say('620')).toContain('8到30位')
    expect(await me.say('13900139000')).toContain('像是手机号码')
    const review = await me.say(NUMBER)
    expect(review).toContain('****0004')
    expect(review).not.toContain(NUMBER)
    expect(await me.say('开户银行改成某某银行南明支行')).toContain('某某银行南明支行')
    expect(await me.say('提交')).toContain(`${one.number} 的补助就打到这个账户`)
    const again = await me.say(tap('!payment'))
    expect(again).toContain('某某银行南明支行，****0004')
    expect(await me.say('换账户')).toContain('只用来打这笔补助')
    await me.say('菜单')
    expect(await me.say('查进度')).toContain('****0004')
    expect(await me.say(tap('!my-data:see'))).toContain('****0004')
  })

  it('is understood out of one sentence, and goes on after a break', async () => {
    const { me } = await approved()
    await me.sayAll([tap('!payment'), '同意', '企业的'])
    await me.sayAll(['菜单', tap('!payment')])
    const review = await me.say(`某某银行云岩支行，账号 ${NUMBER}`)
    expect(review).toContain('开户银行：某某银行云岩支行')
    expect(review).toContain('****0004')
  })

  it('says honestly that there is nothing to pay yet, or that it was paid', async () => {
    const { me, one } = await approved()
    const stage = (id: string, outcome: string | null) => ({
      sql: 'UPDATE cases SET stage = ?, outcome = ? WHERE id = ?',
      args: [id, outcome, one.id],
    })
    await desk.world.db.write([stage('publicity', null)])
    expect(await me.say(tap('!payment'))).toContain('还没有批准')
    await desk.world.db.write([stage('paid', 'granted')])
    const paid = await me.say(tap('!payment'))
    expect(paid).toContain('金额和日期这里没有记')
    expect(paid).not.toContain('同意')
    const nobody = createTalker(desk.world, { channel: 'web', id: 'nobody' })
    expect(await nobody.say(tap('!payment'))).toContain('还没有在这里交过申请')
  })

  it('takes two members of staff where it is somebody else’s or changed, and tells the person', async () => {
    const { me, one } = await approved()
    await me.sayAll(GIVE)
    await me.say('提交')
    const changed = await me.sayAll([
      ...[tap('!payment'), '换账户', '同意', '别人的', '李四', '某某银行', '6200000000000000005'],
      '提交',
    ])
    expect(changed).toContain('两位工作人员核对')
    expect(await me.say(tap('!payment'))).toContain('****0004')
    const { deps } = desk.world
    const [first, second, auditor] = [
      (await signInAs(deps, 'finance', 'yunyan')).cookie,
      (await signInAs(deps, 'district-reviewer', 'yunyan')).cookie,
      (await signInAs(deps, 'auditor')).cookie,
    ]
    const path = `/console/grants/${one.id}`
    expect((await desk.get(first, '/console/grants?show=account-waits')).text).toContain(one.number)
    const page = (await desk.get(first, path)).text
    expect(page).toContain('户名不是申请人')
    expect(page).toContain('****0005')
    expect(page).not.toContain('6200000000000000005')
    const [id] = (await desk.column("SELECT id FROM fund_payees WHERE state = 'asked'")).map(String)
    expect((await desk.post(auditor, `${path}/reveal`, { account: id ?? '' })).text).toContain(
      '6200000000000000005',
    )
    const yes = (cookie: string, version: string) =>
      desk.post(cookie, `${path}/account`, { account: id ?? '', version, says: 'yes' })
    expect((await yes(auditor, '1')).status).toBe(403)
    expect((await yes(first, '1')).status).toBe(303)
    expect((await yes(first, '2')).text).toContain('提出的人自己不能同意')
    expect((await yes(second, '1')).status).toBe(409)
    expect((await yes(second, '2')).status).toBe(303)
    expect(await desk.column('SELECT state FROM fund_payees ORDER BY at, state')).toEqual([
      'over',
      'stands',
    ])
    expect(await desk.column('SELECT count(*) FROM fund_payees WHERE details IS NULL')).toEqual([1])
    const told = await openEverything(desk.world.db, deps.vault)
    const notice = told.find(({ table, text }) => table === 'outbox' && text.includes('核对好了'))
    expect(notice?.text).toContain('****0005')
    expect(notice?.text).not.toContain('6200000000000000005')
    const noted = await desk.column(
      "SELECT action FROM audit_entries WHERE action LIKE 'fund.acc%'",
    )
    expect(noted).toEqual(['fund.account-revealed', 'fund.account-seen', 'fund.account-agreed'])
  })

  it('stands on the page of its application, masked, for those who may see money', async () => {
    const { deps, db } = desk.world
    const one = await desk.handIn(1, { district: 'yunyan' })
    const payee = { holder: '李四', bank: '某某银行', number: NUMBER }
    const given = { id: 'payee-1', caseId: one.id, payee, why: null, at: deps.now() }
    await db.write(await insertPayee(deps.vault, given))
    const page = async (role: 'finance' | 'agent') => {
      const { cookie } = await signInAs(deps, role, 'yunyan')
      return (await desk.get(cookie, `/console/cases/${one.id}`)).text
    }
    expect(await page('finance')).toContain('****0004')
    expect(await page('finance')).not.toContain(NUMBER)
    expect(await page('agent')).toContain(one.number)
    expect(await page('agent')).not.toContain('****0004')
  })

  it('is a change all the same after the account before was taken back', async () => {
    const { me } = await approved()
    await me.sayAll(GIVE)
    await me.say('提交')
    expect(await me.sayAll([tap('!my-data:withdraw'), '收款账户'])).toContain('已经删掉')
    expect(await desk.column('SELECT details FROM fund_payees')).toEqual([null])
    expect(await me.sayAll(GIVE)).toContain('****0004')
    expect(await me.say('提交')).toContain('换账户要两位工作人员')
  })

  it('declined, is gone, and the person is told to give one again', async () => {
    const { me, one } = await approved()
    await me.sayAll([tap('!payment'), '同意', '别人的', '李四', '某某银行', NUMBER, '提交'])
    const { cookie } = await signInAs(desk.world.deps, 'city-reviewer')
    const [id] = (await desk.column('SELECT id FROM fund_payees')).map(String)
    const no = { account: id ?? '', version: '1', says: 'no' }
    expect((await desk.post(cookie, `/console/grants/${one.id}/account`, no)).status).toBe(303)
    expect((await desk.post(cookie, `/console/grants/${one.id}/account`, no)).status).toBe(409)
    expect(await me.say(tap('!payment'))).toContain('还没有您的收款账户')
    const cells = await openEverything(desk.world.db, desk.world.deps.vault)
    const where = cells.filter(({ text }) => text.includes(NUMBER)).map(({ table }) => table)
    expect(where.filter((table) => table === 'fund_payees')).toEqual([])
  })

  it('is erased with the person', async () => {
    const talk = await createCaseTalk()
    const { number } = await talk.handIn('erased')
    await talk.move(number, 'accept')
    await talk.world.db.write([
      {
        sql: `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE number = ?`,
        args: [number],
      },
    ])
    for (const line of [...GIVE, '提交']) await talk.say('erased', line)
    const copy = await talk.say('erased', tap('!my-data:erase'))
    expect(copy).toContain('还没有用它拨付过的')
    await talk.say('erased', '删除')
    expect(await talk.count('SELECT state FROM fund_payees')).toBe('over')
    const left = await openEverything(talk.world.db, talk.world.deps.vault)
    expect(left.filter(({ text }) => text.includes(NUMBER))).toEqual([])
    await talk.world.close()
  })

  it('is in the copy that a person takes', async () => {
    const { me } = await approved()
    await me.sayAll(GIVE)
    await me.say('提交')
    const { deps, db } = desk.world
    const contactId = await contactOf(db, me.from)
    const copy = await copyOf(deps, { contactId: contactId ?? '', from: me.from })
    expect(copy?.cases[0]?.accountsToPayTo).toMatchObject([{ number: NUMBER, state: 'stands' }])
  })

  it('is asked for of those who were approved before, once a day', async () => {
    const { one } = await approved()
    const { cookie } = await signInAs(desk.world.deps, 'finance', 'yunyan')
    const page = (await desk.get(cookie, '/console/grants?show=no-account')).text
    expect(page).toContain(one.number)
    for (const _ of [1, 2]) {
      const asked = await desk.post(cookie, '/console/grants/ask', { district: 'nanming' })
      expect(asked.to).toContain('asked=1')
    }
    expect(await desk.column("SELECT count(*) FROM outbox WHERE template = 'payment.ask'")).toEqual(
      [1],
    )
  })

  it('is given at the office where the pack has no form for it', async () => {
    const { me } = await approved()
    const { policies } = desk.world.deps
    const load: typeof policies.load = async (revision) => {
      const policy = await policies.load(revision)
      const { funds: _, ...pack } = policy.pack
      return { ...policy, pack }
    }
    Object.assign(desk.world.deps, { policies: { ...policies, load } })
    const said = await me.say(tap('!payment'))
    expect(said).toContain('当面报')
    expect(said).not.toContain('还没有在这里交过申请')
  })

  it.each([
    ['我婆娘的', 'other'],
    ['打我老婆卡上', 'other'],
    ['给我儿子', 'other'],
    ['someone else', 'other'],
    ['my sister’s', 'other'],
    ['我个人的卡', 'own'],
    ['打给我自己', 'own'],
    ['to my own account', 'own'],
    ['公司账上', 'business'],
    ["the shop's account", 'business'],
  ])('%s says whose it is', (words, whose) => {
    const [field] = payeeForm.fields
    if (field === undefined) throw new Error('no field')
    expect(checkOneOf(field, words)).toEqual({ ok: true, value: whose })
  })

  it('a word that only holds one of ours says nothing', () => {
    const [field] = payeeForm.fields
    if (field === undefined) throw new Error('no field')
    for (const words of ['person', 'sometimes', 'homemade']) {
      expect(checkOneOf(field, words)).toMatchObject({ ok: false })
    }
  })

  it('is led to the web from a channel that carries nothing personal', async () => {
    const { me } = await approved('telegram')
    Object.assign(desk.world.deps, { personalData: (channel: string) => channel !== 'telegram' })
    const said = await me.say('换银行卡')
    expect(said).toContain('#go=')
    expect(said).not.toContain('同意')
  })

  it.each([
    '钱打到哪张卡',
    '换银行卡',
    '我要换银行卡',
    'change my bank account',
    'when do I get paid',
    '我的补助什么时候到账',
    '我银行卡换了',
    'which account does my money go to',
  ])('is what %s leads to', async (words) => {
    const { me } = await approved()
    expect(await me.say(words)).toMatch(/还没有您的收款账户|There is no account of yours yet/)
  })
})
