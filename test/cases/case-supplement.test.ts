import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withNumberedOptions } from '../../bots/fit.ts'
import { listAttachments } from '../../db/cases/attachments.ts'
import { loadCase } from '../../db/cases/cases.ts'
import { openCase } from '../../db/cases/content.ts'
import type { Input } from '../../flows/engine/types.ts'
import {
  missingNow,
  type RequiredItem,
} from '../../flows/programme/lifecycle/application-stages.ts'
import { dispatchOutbox } from '../../src/outbox/dispatch-outbox.ts'
import { type CaseTalk, createCaseTalk } from '../helpers/case-talk.ts'
import { COMPLETE } from '../programme/filled-form.ts'

let talk: CaseTalk
beforeEach(async () => {
  talk = await createCaseTalk()
})
afterEach(() => talk.world.close())

const photo = (mediaId: string): Input => ({ type: 'media', kind: 'image', mediaId })
const field = (id: string): RequiredItem => ({ kind: 'field', id })
const document = (id: string): RequiredItem => ({ kind: 'document', id })

describe('supplement', () => {
  it('has nothing to ask where nothing was returned', async () => {
    expect(await talk.say('1', '补材料')).toContain('现在没有要补的东西')
    await talk.handIn('1')
    expect(await talk.say('1', '补材料')).toContain('不用补材料')
  })

  it('asks for exactly what is missing, keeps it, and hands it in with one tap', async () => {
    const one = await talk.handIn('1')
    await talk.move(one.number, 'return', [
      document('identity-card'),
      field('purpose'),
      field('mobile'),
    ])
    expect(missingNow(await talk.eventsOf(one))).toHaveLength(3)
    talk.world.tick(60)
    expect(await talk.say('1', '补材料')).toContain('第1样（共3样）')
    expect(await talk.say('1', photo('gif'))).toContain('这种文件收不了')
    expect(await talk.say('1', '下一样')).toContain('还没有收到文件')
    expect(await talk.say('1', photo('a'))).toContain('现在有1个文件')
    expect(await talk.say('1', photo('b'))).toContain('现在有2个文件')
    expect(await talk.say('1', '下一样')).toContain('第2样（共3样）')
    expect(await talk.say('1', '123')).toContain('手机')
    await talk.say('1', '菜单')
    const back = await talk.say('1', '补材料')
    expect(back).toContain('接着上次')
    expect(back).toContain('第2样（共3样）')
    expect(await talk.say('1', '13800138000')).toContain('第3样')
    expect(await talk.say('1', '返回')).toContain('手机')
    await talk.say('1', '13800138000')
    const review = await talk.say('1', '买一台新的炒茶机，再付房租')
    expect(review).toContain('138****8000')
    expect(review).toContain('已发2个文件')
    const done = await talk.say('1', '提交', 's1')
    expect(done).toContain('已经重新提交')
    expect(await talk.say('1', '提交', 's1')).toBe(done)
    expect(await loadCase(talk.world.db, { id: one.id })).toMatchObject({
      stage: 'submitted',
      version: 3,
    })
    const opened = await openCase(talk.world.db, talk.world.deps.vault, one.id)
    expect(opened?.applicant.mobile).toBe('13800138000')
    expect(opened?.answers).toEqual({
      ...COMPLETE,
      mobile: '13800138000',
      purpose: '买一台新的炒茶机，再付房租',
    })
    const held = await listAttachments(talk.world.db, talk.world.deps.vault, { caseId: one.id })
    expect(held.map((file) => file.document)).toEqual(['identity-card', 'identity-card'])
    expect(await talk.say('1', '补材料')).toContain('不用补材料')
  })

  it('lets papers be brought to the office, and tells staff', async () => {
    const one = await talk.handIn('1')
    await talk.move(one.number, 'return', [document('identity-card')])
    await talk.say('1', '补材料')
    expect(await talk.say('1', '呃呃呃')).toContain('我带到微企办')
    expect(await talk.say('1', '我带到微企办')).toContain('要补的都齐了')
    expect(await talk.say('1', '1')).toContain('第1样')
    await talk.say('1', '我带到微企办')
    expect(await talk.say('1', '提交')).toContain('别忘了')
    expect((await talk.eventsOf(one)).at(-1)).toMatchObject({ move: 'resubmit', role: 'applicant' })
    expect((await talk.eventsOf(one)).at(-1)?.note).toContain('身份证')
    expect(await talk.say('1', '进度')).not.toContain('申请人说')
  })

  it('asks what hangs on a new answer, and nothing else', async () => {
    const { industryOther: _, ...rest } = COMPLETE
    const one = await talk.handIn('1', 1, { answers: { ...rest, industry: 'tea' } })
    await talk.move(one.number, 'return', [field('industry')])
    await talk.say('1', '补材料')
    const next = await talk.say('1', '其他')
    expect(next).toContain('共2样')
    expect(await talk.say('1', '修鞋')).toContain('要补的都齐了')
  })

  it('asks the separate consent before what is sensitive, and takes a no', async () => {
    const one = await talk.handIn('1', 1, { answers: { ...COMPLETE, keyGroups: null } })
    await talk.move(one.number, 'return', [field('keyGroups')])
    expect(await talk.say('1', '补材料')).toContain('更私人')
    expect(await talk.say('1', '不同意')).toContain('要补的都齐了')
    expect(await talk.count(`SELECT granted FROM consents WHERE purpose = 'sensitive'`)).toBe(0)
    expect(await talk.say('1', '返回')).toContain('更私人')
    await talk.say('1', '同意')
    expect(await talk.count(`SELECT count(*) FROM consents WHERE purpose = 'sensitive'`)).toBe(2)
  })

  it('says so where staff have moved the case meanwhile', async () => {
    const one = await talk.handIn('1')
    await talk.move(one.number, 'return', [field('purpose')])
    await talk.say('1', '补材料')
    await talk.say('1', '买一台新的炒茶机，再付房租')
    // Handed in from another channel of the same person, then accepted.
    await talk.sameAs('2', one)
    await talk.say('2', '补材料')
    await talk.say('2', '付一年的房租，再买设备')
    const both = await Promise.all([talk.say('1', '提交'), talk.say('2', '提交')])
    expect(both.filter((text) => text.includes('已经重新提交'))).toHaveLength(1)
    expect(both.filter((text) => text.includes('不用补材料'))).toHaveLength(1)
    expect((await talk.eventsOf(one)).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3])
  })

  it('goes by the new list where the case was returned anew', async () => {
    const one = await talk.handIn('1')
    await talk.move(one.number, 'return', [field('purpose')])
    await talk.say('1', '补材料')
    await talk.say('1', '买一台新的炒茶机，再付房租')
    await talk.sameAs('2', one)
    await talk.say('2', '补材料')
    await talk.say('2', '付一年的房租，再买设备')
    await talk.say('2', '提交')
    talk.world.tick(60)
    await talk.move(one.number, 'return', [document('identity-card')])
    const said = await talk.say('1', '提交')
    expect(said).toContain('刚刚更新了')
    expect(said).toContain('身份证')
    expect((await talk.eventsOf(one)).at(-1)?.move).toBe('return')
  })
})

describe('a notice', () => {
  it('leads on by its button, and by the words on it', async () => {
    const one = await talk.handIn('1')
    const notice = async () => {
      await dispatchOutbox(talk.world.deps, async () => {})
      return talk.channel.sent.at(-1)?.body
    }
    await talk.move(one.number, 'return', [field('purpose')])
    const returned = await notice()
    expect(returned?.quickReplies).toEqual([{ value: '!supplement', label: '补材料' }])
    expect(withNumberedOptions(returned ?? { text: '', quickReplies: [] }).text).toContain(
      '· 补材料',
    )
    expect(await talk.say('1', returned?.quickReplies[0]?.label ?? '')).toContain('第1样（共1样）')
    await talk.say('1', '买一台新的炒茶机，再付房租')
    await talk.say('1', '提交')
    await talk.say('1', 'English')
    await talk.move(one.number, 'accept')
    const accepted = await notice()
    expect(accepted?.quickReplies).toEqual([{ value: '!status', label: 'How my case stands' }])
    expect(await talk.say('1', 'how my case stands')).toContain('Accepted for review')
    expect(await talk.say('1', '进度。')).toContain(one.number)
    expect(await talk.say('1', { type: 'command', name: 'start', payload: 'status' })).toContain(
      one.number,
    )
  })
})

describe('papers', () => {
  it('needs an application', async () => {
    expect(await talk.say('1', '交材料')).toContain('没有要交材料的申请')
  })

  it('marks what is there, takes several files, and lets a wrong one be taken out', async () => {
    const one = await talk.handIn('1')
    const [list] = await talk.reply('1', '交材料')
    expect(list?.text).toContain(one.number)
    const card = list?.quickReplies.find(({ label }) => label.includes('身份证'))
    expect(card?.label).toContain('还没交')
    await talk.tap('1', card?.value ?? '')
    expect(await talk.say('1', photo('a'))).toContain('现在有1个文件')
    const [second] = await talk.reply('1', photo('b'))
    expect(second?.text).toContain('现在有2个文件')
    const removal = second?.quickReplies.find(({ label }) => label.includes('拿掉第1个'))
    expect(await talk.tap('1', removal?.value ?? '')).toContain('还有1个文件')
    const [after] = await talk.reply('1', '回到清单')
    expect(after?.quickReplies.some(({ label }) => label.includes('✓'))).toBe(true)
    const held = await listAttachments(talk.world.db, talk.world.deps.vault, { caseId: one.id })
    expect(held).toHaveLength(1)
  })

  it('takes a file first and asks which paper it is', async () => {
    const one = await talk.handIn('1')
    await talk.say('1', '交材料')
    expect(await talk.say('1', photo('a'))).toContain('是下面哪一样材料')
    expect(await talk.say('1', '1')).toContain('现在有1个文件')
    expect(await talk.say('1', '返回')).toContain(one.number)
    const held = await listAttachments(talk.world.db, talk.world.deps.vault, { caseId: one.id })
    expect(held).toHaveLength(1)
  })

  it('leaves files alone once staff are working with them', async () => {
    const one = await talk.handIn('1')
    await talk.say('1', '交材料')
    await talk.say('1', '1')
    const [sent] = await talk.reply('1', photo('a'))
    const removal = sent?.quickReplies.find(({ label }) => label.includes('拿掉第1个'))
    await talk.move(one.number, 'accept')
    expect(await talk.tap('1', removal?.value ?? '')).toContain('现在拿不掉')
    const held = await listAttachments(talk.world.db, talk.world.deps.vault, { caseId: one.id })
    expect(held).toHaveLength(1)
  })

  it('collects for an application that is still being filled in', async () => {
    await talk.tap('1', '!apply')
    await talk.say('1', '同意')
    await talk.say('1', '张三')
    const [list] = await talk.reply('1', '交材料')
    expect(list?.text).toContain('您正在填的申请')
    await talk.say('1', '1')
    expect(await talk.say('1', photo('a'))).toContain('现在有1个文件')
    expect(await talk.count(`SELECT count(*) FROM attachments WHERE status = 'taken'`)).toBe(1)
  })
})
