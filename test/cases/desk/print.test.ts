import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type Desk, handInPaper } from '../../helpers/desk.ts'
import { type SignedIn, signInAs } from '../../helpers/staff.ts'

let desk: Desk
let wang: SignedIn
let li: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  li = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  await desk.handIn(1)
})
afterEach(() => desk.world.close())

const print = (letter: string, who = wang, lang = '') =>
  desk.get(who.cookie, `/console/cases/case-1/print/${letter}${lang}`)
const move = (who: SignedIn, form: Record<string, string>) =>
  desk.post(who.cookie, '/console/cases/case-1/move', form)

describe('a letter', () => {
  it('is there once its move was made, names the person, and is written down', async () => {
    for (const letter of ['acceptance', 'return', 'granted', 'refused', 'nothing']) {
      expect((await print(letter)).status, letter).toBe(404)
    }
    await handInPaper(desk.world, 1)
    await move(wang, { move: 'accept', version: '1' })
    const { status, text } = await print('acceptance')
    expect(status).toBe(200)
    for (const words of [
      '申请受理通知书',
      '王小明：',
      '身份证',
      '受理不等于批准',
      '云岩区',
      '（盖章）',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).toContain('<svg role="img" aria-label="扫码查看办理进度"')
    expect(text).not.toContain('class="sections"')
    expect((await print('acceptance', wang, '?lang=en')).text).toContain('Notice of acceptance')
    expect(
      await desk.column("SELECT reason FROM audit_entries WHERE action = 'case.printed'"),
    ).toEqual(['acceptance', 'acceptance'])
    const page = (await desk.get(wang.cookie, '/console/cases/case-1')).text
    expect(page).toContain('/console/cases/case-1/print/acceptance')
    expect(page).not.toContain('/print/refused')
  })

  it('of a return says what is missing and why, of a refusal why; none of what was taken back', async () => {
    desk.world.deps.undoSeconds = 60
    const returns = {
      move: 'return',
      version: '1',
      reason: 'unreadable',
      piece: 'document:licence',
    }
    await move(wang, { ...returns, note: '执照照片反光。' })
    const { text } = await print('return')
    for (const words of ['申请补正通知书', '营业执照', '材料看不清楚', '执照照片反光。']) {
      expect(text).toContain(words)
    }
    await desk.post(wang.cookie, '/console/cases/case-1/undo', { version: '2' })
    expect((await print('return')).status).toBe(404)
    const refusal = { move: 'propose-refusal', version: '3', reason: 'elsewhere' }
    await move(wang, refusal)
    expect((await print('refused')).status).toBe(404)
    await move(li, { ...refusal, move: 'reject', version: '4' })
    expect((await print('refused')).text).toContain('不予扶持决定书')
    expect((await print('refused')).text).toContain('企业不在本区')
  })

  it('for the file holds every answer in full, for those who may, in their district', async () => {
    const { text } = await print('filing')
    expect(text).toContain('申请备案表')
    expect(text).toContain('王小明')
    expect(text).not.toContain('****')
    const agent = await signInAs(desk.world.deps, 'agent')
    const elsewhere = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
    expect((await print('filing', agent)).status).toBe(403)
    expect((await print('filing', elsewhere)).status).toBe(404)
  })
})
