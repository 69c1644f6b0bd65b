import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDesk, type Desk, handInPaper } from '../../helpers/desk.ts'
import { type SignedIn, signInAs } from '../../helpers/staff.ts'

let desk: Desk
let wang: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  wang = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => desk.world.close())

const FACTS = { hasKeyGroup: true, keyGroupJobs: 0, inLowIncomeVillage: false }
const queue = async (sort = '') => {
  const { text } = await desk.get(wang.cookie, `/console/cases?tab=submitted${sort}`)
  return [...text.matchAll(/\/console\/cases\/(case-\d+)/g)].map(([, id]) => id)
}
const mark = (id: number, subject: string, as: string, who = wang) =>
  desk.post(who.cookie, `/console/cases/case-${id}/mark`, { subject, mark: as })
const page = async (id: number, who = wang) =>
  (await desk.get(who.cookie, `/console/cases/case-${id}`)).text

it('puts what is proved before what is said, and that before what is not proved', async () => {
  for (const serial of [1, 2, 3]) await desk.handIn(serial, { facts: FACTS })
  await desk.handIn(4, { facts: { ...FACTS, hasKeyGroup: false } })
  expect(await queue()).toEqual(['case-1', 'case-2', 'case-3', 'case-4'])
  expect((await mark(1, 'claim:key-group', 'not-proved')).to).toBe('/console/cases/case-1#claims')
  await mark(3, 'claim:key-group', 'seen')
  expect(await queue()).toEqual(['case-3', 'case-2', 'case-1', 'case-4'])
  const list = (await desk.get(wang.cookie, '/console/cases?tab=submitted')).text
  for (const words of ['已核实', '自报', '未证实']) expect(list).toContain(`（${words}）`)
  expect(await page(3)).toContain(`已核实 · 员工${wang.id}`)
  expect(
    await desk.column("SELECT reason FROM audit_entries WHERE action = 'case.marked'"),
  ).toEqual(['claim:key-group: not-proved', 'claim:key-group: seen'])
  await mark(1, 'claim:key-group', '')
  expect(await queue()).toEqual(['case-3', 'case-1', 'case-2', 'case-4'])
})

it('counts a paper that proves nothing as not there, and says when another one came since', async () => {
  await desk.handIn(1)
  await handInPaper(desk.world, 1)
  const there = async () => /样里交了(\d+)样/.exec(await page(1))?.[1]
  expect(await there()).toBe('1')
  await mark(1, 'document:identity-card', 'not-proved')
  expect(await there()).toBe('0')
  expect(await page(1)).toContain('有的证明不了')
  expect((await desk.get(wang.cookie, '/console/cases?tab=submitted')).text).toContain('材料 0/')
  expect(await page(1)).not.toContain('之后又来了新文件')
  await desk.world.db.write([
    { sql: 'UPDATE attachments SET created_at = ?', args: ['2100-01-01T00:00:00.000Z'] },
  ])
  expect(await page(1)).toContain('之后又来了新文件')
  await mark(1, 'document:identity-card', 'seen')
  expect(await there()).toBe('1')
})

it('is for who works on it in that district, about what the programme knows, while it is open', async () => {
  await desk.handIn(1, { facts: FACTS })
  const elsewhere = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
  const agent = await signInAs(desk.world.deps, 'agent')
  expect((await mark(1, 'claim:key-group', 'seen', elsewhere)).status).toBe(404)
  expect((await mark(1, 'claim:key-group', 'seen', agent)).status).toBe(403)
  expect(await page(1, agent)).not.toContain('/mark"')
  for (const subject of ['claim:mood', 'document:none', 'stage:x', ''])
    expect((await mark(1, subject, 'seen')).status).toBe(400)
  expect((await mark(1, 'claim:key-group', 'maybe')).status).toBe(400)
  await desk.world.db.write([
    { sql: `UPDATE cases SET closed_at = updated_at, outcome = 'withdrawn'`, args: [] },
  ])
  expect((await mark(1, 'claim:key-group', 'seen')).status).toBe(409)
  expect(await desk.column('SELECT count(*) FROM case_marks')).toEqual([0])
})

it('is off again once the answer that it was about is another, and not for any other answer', async () => {
  await desk.handIn(1, { facts: FACTS, answers: { keyGroups: ['veteran'] } })
  await mark(1, 'claim:key-group', 'seen')
  const amend = (field: string, said: string, version: string) =>
    desk.post(wang.cookie, '/console/cases/case-1/amend', {
      field,
      said,
      version,
      reason: '电话核对',
    })
  expect((await amend('enterpriseName', '云岩小面馆', '1')).status).toBe(303)
  expect(await desk.column('SELECT key_group_mark FROM cases')).toEqual([1])
  expect((await amend('keyGroups', '没有', '2')).status).toBe(303)
  expect(await desk.column('SELECT key_group_mark FROM cases')).toEqual([0])
  expect(await desk.column('SELECT count(*) FROM case_marks')).toEqual([0])
})

it('of a case leads to the one before and the next of the same list, also after a move', async () => {
  for (const serial of [1, 2, 3]) await desk.handIn(serial, { facts: FACTS })
  const list = '?tab=submitted&sort=newest'
  expect(await queue('&sort=newest')).toEqual(['case-3', 'case-2', 'case-1'])
  const way = async (id: string, query = list) => {
    const { text } = await desk.get(wang.cookie, `/console/cases/${id}${query}`)
    const to = (rel: string) =>
      new RegExp(`rel="${rel}" href="/console/cases/(case-\\d)\\?`).exec(text)?.[1]
    return [to('prev'), to('next')]
  }
  expect(await way('case-2')).toEqual(['case-3', 'case-1'])
  expect(await way('case-3')).toEqual([undefined, 'case-2'])
  expect(await way('case-1')).toEqual(['case-2', undefined])
  expect(await way('case-2', '')).toEqual([undefined, undefined])
  const moved = await desk.post(wang.cookie, `/console/cases/case-2/move${list}`, {
    move: 'accept',
    version: '1',
  })
  expect(moved.to).toContain('tab=submitted&sort=newest')
  expect(await way('case-2')).toEqual(['case-3', 'case-1'])
  expect(await way('case-3')).toEqual([undefined, 'case-1'])
})
