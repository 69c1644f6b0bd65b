import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCaseFile } from '../../db/cases/case-file.ts'
import { verifyAudit } from '../../db/staff/audit-log.ts'
import { fillIndexes } from '../../src/cases/fill-indexes.ts'
import { savePack } from '../../src/kernel/commit/save-pack.ts'
import { identityNumber } from '../helpers/applicant.ts'
import { pack } from '../helpers/cases.ts'
import { createDesk, type Desk, handInPaper } from '../helpers/desk.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: string
beforeEach(async () => {
  desk = await createDesk()
  wang = (await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')).cookie
})
afterEach(() => desk.world.close())

const actions = () => desk.column('SELECT action FROM audit_entries ORDER BY ordinal')

describe('the list of applications', () => {
  it('stands in the order of review, says why, and masks the names', async () => {
    const plain = { hasKeyGroup: false, keyGroupJobs: 0, inLowIncomeVillage: false }
    const last = await desk.handIn(1, { facts: plain })
    const village = await desk.handIn(2, { facts: { ...plain, inLowIncomeVillage: true } })
    const first = await desk.handIn(3, { facts: { ...plain, hasKeyGroup: true } })
    const { text } = await desk.get(wang, '/console/cases')
    const places = [first, village, last].map(({ number }) => text.indexOf(number))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(Math.min(...places)).toBeGreaterThan(0)
    expect(text).toContain('王**')
    expect(text).not.toContain('王小明')
    expect(text.slice(places[0], places[1])).toContain('重点人员创办')
    expect(text.slice(places[1], places[2])).toContain('低收入困难村')
  })

  it('shows what is in one’s district only, in lists, counts and searches', async () => {
    const mine = await desk.handIn(1)
    const foreign = await desk.handIn(2, { district: 'nanming' })
    const city = (await signInAs(desk.world.deps, 'city-reviewer')).cookie
    const seen = (await desk.get(wang, '/console/cases?tab=all')).text
    expect(seen).toContain(mine.number)
    expect(seen).not.toContain(foreign.number)
    expect(seen).toContain('全部在办<span class="count">1</span>')
    expect((await desk.get(city, '/console/cases?tab=all')).text).toContain(foreign.number)
    expect((await desk.get(wang, '/console/cases?tab=all&district=nanming')).text).not.toContain(
      foreign.number,
    )
    for (const q of [foreign.number, identityNumber(2)]) {
      const found = await desk.post(wang, '/console/cases/search', { q })
      expect(found.status).toBe(404)
      expect(found.text).toContain('它不归您所在的区县')
      expect((await desk.post(city, '/console/cases/search', { q })).to).toBe(
        '/console/cases/case-2',
      )
    }
    for (const path of ['', '/files/x', '/files/x/show']) {
      expect((await desk.get(wang, `/console/cases/case-2${path}`)).status).toBe(404)
    }
    const moved = await desk.post(wang, '/console/cases/case-2/move', {
      move: 'accept',
      version: '1',
    })
    expect(moved.status).toBe(404)
  })

  it('pages through many, hides none where one leaves meanwhile, and begins anew by a made-up place', async () => {
    for (let serial = 1; serial <= 120; serial++) await desk.handIn(serial)
    const numbersOf = (text: string) => [...new Set(text.match(/GY18-03-\d+[\dX]/g))]
    const nextOf = (text: string) =>
      /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replace('&amp;', '&')
    const first = (await desk.get(wang, '/console/cases?tab=submitted')).text
    expect(first).toContain('第 1–50 条，共 120 条')
    await desk.post(wang, '/console/cases/case-1/move', { move: 'accept', version: '1' })
    const second = (await desk.get(wang, nextOf(first) ?? '')).text
    const third = (await desk.get(wang, nextOf(second) ?? '')).text
    const seen = [first, second, third].flatMap(numbersOf)
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
    expect(nextOf(third)).toBeUndefined()
    const odd = (await desk.get(wang, '/console/cases?tab=submitted&page=WzFd')).text
    expect(numbersOf(odd)).toHaveLength(50)
  })

  it('narrows by stage, key group, desk and time at the stage', async () => {
    const plain = { hasKeyGroup: false, keyGroupJobs: 0, inLowIncomeVillage: false }
    await desk.handIn(1, { facts: plain })
    await desk.handIn(2)
    await desk.post(wang, '/console/cases/case-2/move', { move: 'accept', version: '1' })
    const [me] = await desk.column("SELECT id FROM staff WHERE role = 'district-reviewer'")
    await desk.post(wang, '/console/cases/case-2/assign', { staffId: String(me) })
    const listed = async (query: string) => {
      const { text } = await desk.get(wang, `/console/cases?${query}`)
      return [...text.matchAll(/href="\/console\/cases\/(case-\d)[?"]/g)].map(([, id]) => id)
    }
    expect(await listed('tab=accepted')).toEqual(['case-2'])
    expect(await listed('tab=all&group=0')).toEqual(['case-1'])
    expect(await listed('tab=all&desk=me')).toEqual(['case-2'])
    expect(await listed('tab=all&desk=nobody')).toEqual(['case-1'])
    // Cases of the helper came on 1 June, a Friday; this one was accepted in the world's own time.
    expect(await listed('tab=all&late=5')).toEqual([])
    desk.world.tick(8 * 86_400)
    expect(await listed('tab=all&late=5')).toHaveLength(2)
    expect(await listed('tab=nonsense&group=7&late=overdue&page=-3')).toHaveLength(2)
  })

  it('shows what is overdue, where the sources state a limit', async () => {
    const { world } = desk
    const moves = pack.stages.moves.map((move) =>
      move.id === 'accept'
        ? { ...move, workingDays: 2, basis: { kind: 'clause' as const, clause: '3.2' } }
        : move,
    )
    await savePack(world.db, { ...pack, stages: { ...pack.stages, moves } }, world.deps.now())
    await desk.handIn(1)
    world.tick(3 * 86_400)
    const early = await desk.get(wang, '/console/cases?tab=all&late=overdue')
    expect(early.text).toContain('这里没有申请')
    // Friday, and Tuesday's end.
    world.tick(2 * 86_400)
    const late = await desk.get(wang, '/console/cases?tab=all&late=overdue')
    expect(late.text).toContain('<span class="chip out">已超时</span>')
    expect(late.text).not.toContain('方案没有规定办理时限')
    expect((await desk.get(wang, '/console/cases/case-1')).text).toContain('2个工作日<small>已超时')
  })

  it('is searched by number and identity number, and keeps what was typed', async () => {
    const { number } = await desk.handIn(1)
    const ask = (q: string) => desk.post(wang, '/console/cases/search', { q })
    expect((await ask(` ${number.toLowerCase()} `)).to).toBe('/console/cases/case-1')
    expect((await ask(identityNumber(1))).to).toBe('/console/cases/case-1')
    const slip = await ask(`${number.slice(0, -1)}${number.endsWith('7') ? '8' : '7'}`)
    expect(slip.text).toContain('末位对不上')
    const little = await ask('明')
    expect(little.status).toBe(400)
    expect(little.text).toContain('请输入完整的申请编号')
    expect(little.text).toContain('value="明"')
    expect(await actions()).toEqual(['case.searched'])
    expect(desk.world.logged.join()).not.toContain(identityNumber(1))
  })
})

describe('the page of an application', () => {
  it('masks the person until asked, and writes each look into the audit', async () => {
    await desk.handIn(1)
    const page = await desk.get(wang, '/console/cases/case-1')
    expect(page.text).not.toMatch(new RegExp(`${identityNumber(1)}|13900000001|王小明`))
    expect(page.text).toContain('13900000001'.replace('0000', '****'))
    const shown = await desk.post(
      wang,
      '/console/cases/case-1/reveal',
      { field: 'mobile', why: 'contact' },
      true,
    )
    expect(shown.text).toContain('13900000001')
    expect(shown.text).not.toContain(identityNumber(1))
    const whole = await desk.post(wang, '/console/cases/case-1/reveal', {
      field: 'identityNumber',
      why: '<b>',
    })
    expect(whole.text).toContain(identityNumber(1))
    expect(whole.text).not.toContain('13900000001')
    expect(await desk.column('SELECT reason FROM audit_entries ORDER BY ordinal')).toEqual([
      'mobile: contact',
      'identityNumber',
    ])
    const foreign = await desk.post(wang, '/console/cases/case-1/reveal', { field: 'purpose' })
    expect(foreign.status).toBe(400)
  })

  it('keeps what is sensitive from who only answers questions', async () => {
    await desk.handIn(1)
    const agent = (await signInAs(desk.world.deps, 'agent', null)).cookie
    const { text } = await desk.get(agent, '/console/cases/case-1')
    expect(text).toContain('不对您的岗位开放')
    expect(text).not.toMatch(/退伍|残疾/)
    expect(text).toContain('常用材料9样')
    expect((await desk.get(wang, '/console/cases/case-1')).text).toContain('退伍证')
  })

  it('serves papers as sandboxed downloads of that very case, each noted', async () => {
    const { world } = desk
    await desk.handIn(1)
    await desk.handIn(2)
    const id = await handInPaper(world, 1, '执照.html')
    const page = await desk.get(wang, '/console/cases/case-1')
    expect(page.text).toContain('执照.html')
    expect(page.text).toMatch(/已交1样/)
    expect((await desk.get(wang, `/console/cases/case-1/files/${id}/show`)).text).toContain('<img')
    expect(await actions()).toEqual([])
    const { headers, status } = await desk.get(wang, `/console/cases/case-1/files/${id}`)
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="file.jpg"/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(await actions()).toEqual(['case.file-opened'])
    expect((await desk.get(wang, `/console/cases/case-2/files/${id}`)).status).toBe(404)
    const agent = (await signInAs(world.deps, 'agent', null)).cookie
    expect((await desk.get(agent, `/console/cases/case-1/files/${id}`)).status).toBe(403)
  })

  it('finds the same person, mobile and business, and tells of other districts only how many', async () => {
    const creditCode = '93520102M00010022P'
    const first = await desk.handIn(1, { answers: { creditCode } })
    await desk.handIn(2, { answers: { creditCode } })
    await desk.handIn(3, {
      district: 'nanming',
      applicant: {
        name: '李四',
        identityNumber: identityNumber(3),
        mobile: '13900000001',
        bankAccount: null,
      },
    })
    await desk.handIn(4)
    // As if from before there were indexes.
    await desk.world.db.write([
      { sql: 'UPDATE cases SET mobile_index = NULL, credit_index = NULL, indexed = 0', args: [] },
    ])
    expect((await desk.get(wang, '/console/cases/case-2')).text).toContain('没有发现同一身份证号')
    expect(await fillIndexes(desk.world.deps)).toBe(4)
    expect(await fillIndexes(desk.world.deps)).toBe(0)
    const second = (await desk.get(wang, '/console/cases/case-2')).text
    expect(second).toContain(first.number)
    expect(second).toContain('同一信用代码')
    expect(second).not.toContain('同一手机号')
    const page = (await desk.get(wang, '/console/cases/case-1')).text
    expect(page).toContain('其他区县还有1份')
    expect(page).not.toContain('GY18-02')
    const city = (await signInAs(desk.world.deps, 'city-reviewer')).cookie
    expect((await desk.get(city, '/console/cases/case-1')).text).toContain('同一手机号')
  })

  it('takes comments sealed, once for two clicks, and keeps one that is too long', async () => {
    await desk.handIn(1)
    const form = { commentId: 'comment-0001', text: '电话里说下周补执照' }
    for (let click = 0; click < 2; click++) {
      expect((await desk.post(wang, '/console/cases/case-1/comment', form)).status).toBe(303)
    }
    expect((await desk.get(wang, '/console/cases/case-1')).text).toContain('电话里说下周补执照')
    const [raw] = await desk.column('SELECT hex(body) FROM case_comments')
    expect(String(raw)).not.toContain(Buffer.from('电话').toString('hex').toUpperCase())
    const long = '很长'.repeat(600)
    const refused = await desk.post(wang, '/console/cases/case-1/comment', { ...form, text: long })
    expect(refused.status).toBe(400)
    expect(refused.text).toContain(long)
    expect(await actions()).toEqual(['case.commented'])
  })

  it('is given to who can have it, and to nobody else', async () => {
    await desk.handIn(1)
    const other = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
    const give = (staffId: string) => desk.post(wang, '/console/cases/case-1/assign', { staffId })
    expect((await give(other.id)).status).toBe(400)
    const city = await signInAs(desk.world.deps, 'city-reviewer')
    expect((await give(city.id)).status).toBe(303)
    expect((await desk.get(wang, '/console/cases/case-1')).text).toContain(`员工${city.id}在办`)
    expect((await give('')).status).toBe(303)
    expect(await desk.column('SELECT count(*) FROM case_work')).toEqual([0])
  })

  it('shows what the applicant and the bot said to who decides, and notes it', async () => {
    const { world } = desk
    const handoff = await seedHandoff(world.deps, 'yunyan')
    await desk.handIn(1)
    await world.db.write([
      { sql: 'UPDATE cases SET contact_id = ? WHERE id = ?', args: [`c${handoff}`, 'case-1'] },
    ])
    const seen = await desk.get(wang, '/console/cases/case-1/conversation')
    expect(seen.text).toContain('我想开一家米粉店')
    expect(await actions()).toEqual(['case.talk-read'])
    const page = await desk.get(wang, '/console/cases/case-1')
    expect(page.text).toContain(`href="/console/inbox/${handoff}"`)
    const agent = (await signInAs(world.deps, 'agent', null)).cookie
    expect((await desk.get(agent, '/console/cases/case-1/conversation')).status).toBe(403)
  })

  it('says what is left of one that was erased', async () => {
    const { number } = await desk.handIn(1)
    const { eraseCase } = await import('../../db/cases/cases.ts')
    await desk.post(wang, '/console/cases/case-1/comment', {
      commentId: 'c-000001',
      text: '王小明',
    })
    await desk.world.db.write(eraseCase('case-1', desk.world.deps.now()))
    const { text, status } = await desk.get(wang, '/console/cases/case-1')
    expect(status).toBe(200)
    expect(text).toContain(number)
    expect(text).toContain('申请人已要求删除个人信息')
    expect(text).not.toContain('王小明')
    expect((await desk.get(wang, '/console/cases?tab=all')).status).toBe(200)
    expect(await desk.column('SELECT count(*) FROM case_comments')).toEqual([0])
    expect(await desk.column('SELECT coalesce(mobile_index, credit_index) FROM cases')).toEqual([
      null,
    ])
    const file = await loadCaseFile(desk.world.db, desk.world.deps.vault, { number })
    expect(file?.head.stage).toBe('submitted')
    expect(await verifyAudit(desk.world.db)).toMatchObject({ ok: true })
  })
})
