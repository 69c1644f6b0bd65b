import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: SignedIn
let li: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  li = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => desk.world.close())

type Form = Record<string, string | string[]>
const CASE = '/console/cases/case-1'
const SEVERAL = '/console/cases/several'
const MAKE = '/console/cases/several/make'
const move = (who: SignedIn, form: Form) => desk.post(who.cookie, `${CASE}/move`, form)
const fileOf = async (number: string) => {
  const file = await loadCaseFile(desk.world.db, desk.world.deps.vault, { number })
  if (file === null) throw new Error('no case')
  return file
}
const outbox = () => desk.column('SELECT id FROM outbox')
const entries = () =>
  desk.column("SELECT action || ' ' || actor || ' ' || subject FROM audit_entries ORDER BY ordinal")

const RETURN = {
  move: 'return',
  version: '1',
  reason: ['unreadable', 'differs'],
  piece: ['document:licence', 'field:mobile'],
  note: '执照照片反光了，请再拍一张。',
}

describe('a move in the console', () => {
  it('is made once, with its notice and its entry, however often it is clicked', async () => {
    const { number } = await desk.handIn(1)
    const clicks = await Promise.all([1, 2, 3].map(() => move(wang, RETURN)))
    for (const { status, to } of clicks) {
      expect([status, to]).toEqual([303, `${CASE}?moved=return&told#content`])
    }
    const { head, events } = await fileOf(number)
    expect(head).toMatchObject({ stage: 'returned', version: 2 })
    expect(events[1]).toMatchObject({
      actor: `员工${wang.id}`,
      actorId: wang.id,
      reasons: ['unreadable', 'differs'],
      missing: [
        { kind: 'document', id: 'licence' },
        { kind: 'field', id: 'mobile' },
      ],
      note: RETURN.note,
    })
    expect(await outbox()).toEqual(['notice:case:case-1:2'])
    expect(await entries()).toEqual([`case.return ${wang.id} case:${number}`])
    const done = await desk.get(wang.cookie, `${CASE}?moved=return&told`)
    expect(done.text).toContain('已办：退回补正。通知会发给申请人')
    expect((await desk.get(wang.cookie, `${CASE}?moved=%3Cscript%3E`)).text).not.toContain(
      'class="alert done"',
    )
  })

  it('of two people at once is made by one; the other reads who was faster and loses nothing', async () => {
    const { number } = await desk.handIn(1)
    const both = await Promise.all([move(wang, { move: 'accept', version: '1' }), move(li, RETURN)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
    expect((await fileOf(number)).events).toHaveLength(2)
    expect(await outbox()).toHaveLength(1)
    expect(await entries()).toHaveLength(1)
  })

  it('upon an old look is a conflict that keeps all that was filled in', async () => {
    await desk.handIn(1)
    await move(wang, { move: 'accept', version: '1' })
    const late = await move(li, RETURN)
    expect(late.status).toBe(409)
    expect(late.text).toContain(
      `员工${wang.id} · 区县审核在6月1日 10:00办了“受理”，现在到了“已受理”`,
    )
    for (const words of ['材料看不清楚', '营业执照', '手机号码', RETURN.note]) {
      expect(late.text).toContain(words)
    }
    expect(late.text).toContain(`href="${CASE}"`)
    const { version: _, ...kept } = RETURN
    const again = await desk.post(li.cookie, `${CASE}/resume`, kept)
    expect(again.status).toBe(200)
    expect(again.text).toMatch(/<details class="move" name="move" open="">/)
    expect(again.text).toContain(`${RETURN.note}</textarea>`)
    expect(again.text).toMatch(/value="unreadable" checked=""/)
    expect(again.text).toMatch(/value="field:mobile" checked=""/)
    expect(again.text).toMatch(/name="version" value="2"/)
    expect((await move(li, { ...RETURN, version: '2' })).status).toBe(303)
  })

  it('keeps the words also where the step is not possible any more', async () => {
    await desk.handIn(1)
    await move(wang, { ...RETURN, note: '' })
    const again = await desk.post(li.cookie, `${CASE}/resume`, { ...RETURN, note: '别丢了我' })
    expect(again.text).toContain('别丢了我</textarea>')
  })

  it.each([
    [{ reason: [] }, '还没有选原因'],
    [{ piece: [] }, '还没有选要补哪几样'],
    [{ reason: ['other'], note: ' ' }, '选的原因要写清楚'],
    [{ reason: ['year-used-up'] }, '选的原因不适用于这一步'],
    [{ piece: ['document:moon'] }, '选的东西不在这份表里'],
    [{ move: 'pay' }, '申请现在的这一步不能这样办'],
    [{ move: 'dance' }, '没有这一步'],
    [{ note: '长'.repeat(1001) }, '写得太长了'],
  ])('that lacks something is refused with what to do, and kept: %j', async (change, words) => {
    const { number } = await desk.handIn(1)
    const form: Form = { ...RETURN, ...change }
    const { status, text } = await move(wang, form)
    expect(status).toBe(400)
    expect(text).toContain(words)
    expect(text).toContain(String(form.note).trim())
    expect((await fileOf(number)).head.version).toBe(1)
    expect(await outbox()).toEqual([])
    expect(await entries()).toEqual([])
  })

  it('shows beforehand the very notice that is sent, and writes nothing', async () => {
    await desk.handIn(1)
    const seen = await desk.post(wang.cookie, `${CASE}/preview`, RETURN, true)
    expect(seen.text).toContain('将发到：网页 · 中文')
    expect(await outbox()).toEqual([])
    await desk.world.db.write([{ sql: "UPDATE contacts SET locale = 'en'", args: [] }])
    const english = await desk.post(wang.cookie, `${CASE}/preview`, RETURN, true)
    expect(english.text).toContain('将发到：网页 · 英文')
    await move(wang, RETURN)
    const [sealed] = await desk.column('SELECT body FROM outbox')
    const opened = await desk.world.deps.vault.openText(
      sealed as Uint8Array,
      'outbox:notice:case:case-1:2',
    )
    const { text } = JSON.parse(opened) as { text: string }
    expect(text).toContain('still needs a few things')
    expect(english.text).toContain(text)
    const stale = await desk.post(wang.cookie, `${CASE}/preview`, RETURN, true)
    expect(stale.text).toContain('别人刚办过这份申请')
  })

  it('says so where nobody can be told', async () => {
    await desk.handIn(1, { contactId: null, origin: 'paper' })
    const seen = await desk.post(wang.cookie, `${CASE}/preview`, RETURN, true)
    expect(seen.text).toContain('没有可以通知的渠道')
    expect((await move(wang, RETURN)).to).toBe(`${CASE}?moved=return#content`)
  })
})

describe('two people', () => {
  const walk = async (city: SignedIn) => {
    await desk.handIn(1)
    for (const [index, [who, id]] of (
      [
        [wang, 'accept'],
        [wang, 'begin-review'],
        [wang, 'file'],
        [city, 'publish'],
        [city, 'approve'],
      ] as const
    ).entries()) {
      const made = await move(who, { move: id, version: String(index + 1) })
      expect(made.status, id).toBe(303)
    }
  }

  it('approve and pay, also where one has changed office and name', async () => {
    const { deps, db } = desk.world
    const city = await signInAs(deps, 'city-reviewer')
    await walk(city)
    expect((await move(wang, { move: 'pay', version: '6' })).status).toBe(400)
    await db.write([
      { sql: "UPDATE staff SET role = 'finance', name = '改了名' WHERE id = ?", args: [city.id] },
    ])
    const page = await desk.get(city.cookie, CASE)
    expect(page.text).toContain('“拨付”要由另一个人来办')
    const barred = await move(city, { move: 'pay', version: '6' })
    expect(barred.status).toBe(400)
    expect(barred.text).toContain('您已经办过“批准”')
    const money = await signInAs(deps, 'finance')
    expect((await move(money, { move: 'pay', version: '6' })).status).toBe(303)
    expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 6 })
  })

  it('are needed also of one person with two accounts', async () => {
    const city = await signInAs(desk.world.deps, 'city-reviewer')
    await walk(city)
    const second = await signInAs(desk.world.deps, 'finance')
    await desk.world.db.write([
      { sql: 'UPDATE staff SET name = ? WHERE id = ?', args: [` 员工 ${city.id}`, second.id] },
    ])
    expect((await move(second, { move: 'pay', version: '6' })).text).toContain('您已经办过“批准”')
  })
})

describe('before the second press', () => {
  it('the very notice stands there, and the second of two finds what the first one wrote', async () => {
    const { number } = await desk.handIn(1)
    const page = await desk.get(wang.cookie, CASE)
    expect(page.text).toContain(`您的申请 ${number} 已受理，材料齐了`)
    const refusal = { move: 'propose-refusal', version: '1', reason: 'other', note: '住所在外市。' }
    await move(wang, refusal)
    expect((await desk.get(wang.cookie, CASE)).text).toContain('“不予扶持”要由另一个人来办')
    const second = (await desk.get(li.cookie, CASE)).text
    expect(second).toContain('住所在外市。</textarea>')
    expect(second).toMatch(/<input[^>]*value="other"[^>]*checked/)
    expect(second).toContain(`您的申请 ${number} 这次没有通过`)
    expect(await outbox()).toEqual([])
    await move(li, { ...refusal, move: 'reject', version: '2' })
    expect(await outbox()).toEqual(['notice:case:case-1:3'])
  })
})

describe('several at once', () => {
  it('are accepted one by one, each with its own result', async () => {
    const cases = [await desk.handIn(1), await desk.handIn(2), await desk.handIn(3)]
    const foreign = await desk.handIn(4, { district: 'nanming' })
    await desk.post(li.cookie, '/console/cases/case-2/move', {
      move: 'propose-refusal',
      version: '1',
      reason: 'elsewhere',
    })
    const pick = [...cases, foreign].map(({ number }) => `${number}:1`)
    const page = (await desk.get(wang.cookie, '/console/cases?tab=submitted')).text
    expect(page).toContain(
      '<form id="bulk" class="bulk" method="post" action="/console/cases/several">',
    )
    const before = await desk.post(wang.cookie, SEVERAL, { move: 'accept', pick })
    expect(before.text).toMatch(/这2份申请都会“受理”，其中2位申请人各收到一条通知/)
    expect(before.text).toContain('王** · ')
    expect(before.text).toContain('已受理，材料齐了')
    expect(before.text).toContain('不归您所在的区县')
    expect(await outbox()).toEqual([])
    const { text, status } = await desk.post(wang.cookie, MAKE, { move: 'accept', pick })
    expect(status).toBe(200)
    expect(text).toContain('受理：办好2份，没有办成2份')
    expect(text).toContain('别人刚办过这份申请')
    expect(text).toContain('不归您所在的区县')
    expect(await desk.column('SELECT stage FROM cases ORDER BY id')).toEqual([
      'accepted',
      'second-look',
      'accepted',
      'submitted',
    ])
    const again = await desk.post(wang.cookie, MAKE, { move: 'accept', pick: pick.slice(0, 1) })
    expect(again.text).toContain('刚才已经办过')
    expect(await outbox()).toHaveLength(2)
  })

  it('ask for what the move asks, once for all, and make none before it is said', async () => {
    const pick = [await desk.handIn(1), await desk.handIn(2)].map(({ number }) => `${number}:1`)
    const asked = { move: 'return', pick, piece: 'document:licence' }
    const first = await desk.post(wang.cookie, SEVERAL, { move: 'return', pick })
    expect(first.text).toContain('材料看不清楚')
    expect(first.text).not.toContain('还没有选原因')
    const bare = await desk.post(wang.cookie, MAKE, { ...asked, note: '请再拍一张。' })
    expect(bare.status).toBe(400)
    expect(bare.text).toContain('还没有选原因')
    expect(bare.text).toContain('请再拍一张。</textarea>')
    expect(await outbox()).toEqual([])
    const done = await desk.post(wang.cookie, MAKE, { ...asked, reason: 'unreadable' })
    expect(done.text).toContain('办好2份')
    expect(await desk.column('SELECT stage FROM cases')).toEqual(['returned', 'returned'])
    expect(await outbox()).toHaveLength(2)
  })

  it('are none where nothing was ticked, and not more than a page', async () => {
    const none = await desk.post(wang.cookie, SEVERAL, { move: 'accept' })
    expect(none.text).toContain('没有选中申请')
    const pick = Array.from({ length: 51 }, (_, index) => `GY18-03-${index}:1`)
    const many = await desk.post(wang.cookie, MAKE, { move: 'accept', pick })
    expect(many.status).toBe(400)
    expect(many.text).toContain('一次最多50份')
  })
})
