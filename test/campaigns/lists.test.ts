import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadReach } from '../../db/campaigns/figures.ts'
import { Segment } from '../../db/campaigns/segments.ts'
import { fillTraits } from '../../src/campaigns/fill-traits.ts'
import { testVault } from '../helpers/app.ts'
import { CONTENT } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { type SignedIn, signInAs } from '../helpers/staff.ts'

let desk: Desk
let city: SignedIn
let yunyan: SignedIn
beforeEach(async () => {
  desk = await createDesk()
  city = await signInAs(desk.world.deps, 'publicity')
  yunyan = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
})
afterEach(() => desk.world.close())

async function make(who: SignedIn, name = '七月培训'): Promise<string> {
  const { to } = await desk.post(who.cookie, '/console/lists', { id: `list-${name}`, name })
  expect(to).toMatch(/^\/console\/lists\//)
  return to ?? ''
}
const members = (path: string) =>
  desk.column(
    'SELECT contact_id FROM campaign_list_members WHERE list_id = ? ORDER BY 1',
    path.split('/').at(-1) ?? '',
  )

it('a list is made, filled by pasted numbers, chosen for a broadcast, and kept while that needs it', async () => {
  const first = await desk.handIn(1)
  const second = await desk.handIn(2)
  const paper = await desk.handIn(3, { contactId: null, origin: 'paper' })
  const list = await make(city)
  const typed = `${first.number}，${second.number.toLowerCase().replaceAll('-', ' ')}\n${paper.number}；GY18-02-999999`
  const { status, text } = await desk.post(city.cookie, `${list}/numbers`, { numbers: typed })
  expect(status).toBe(200)
  expect(text).toContain('新加进来2人')
  expect(text).toContain('GY18-02-999999')
  expect(text).toContain(`没有加：${paper.number}`)
  expect(await members(list)).toHaveLength(2)
  const again = await desk.post(city.cookie, `${list}/numbers`, { numbers: first.number })
  expect(again.text).toContain('新加进来0人')

  const id = list.split('/').at(-1) ?? ''
  const segment = Segment.parse({ lists: [id] })
  const reach = await loadReach(
    desk.world.db,
    testVault,
    segment,
    { district: null },
    ['web'],
    desk.world.deps.now(),
  )
  expect(reach.people).toBe(2)
  const page = await desk.get(city.cookie, '/console/campaigns/new')
  expect(page.text).toContain('七月培训 · 2人')
  await desk.post(city.cookie, '/console/campaigns', {
    id: 'campaign-1',
    title: '培训通知',
    lists: id,
    zh: CONTENT['zh-Hans'],
    en: CONTENT.en,
  })
  const refused = await desk.post(city.cookie, `${list}/delete`, {})
  expect([refused.status, refused.text.includes('培训通知')]).toEqual([400, true])
  await desk.post(city.cookie, '/console/campaigns/campaign-1/cancel', { version: '1' })
  expect((await desk.post(city.cookie, `${list}/delete`, {})).to).toBe('/console/lists')
  expect(await members(list)).toEqual([])
  expect(
    await desk.column(`SELECT action FROM audit_entries WHERE subject LIKE 'campaign-list:%'`),
  ).toEqual(['list.made', 'list.filled', 'list.filled', 'list.deleted'])
})

it('is filled by what applications say, once, and somebody is taken off', async () => {
  await desk.handIn(1)
  await desk.handIn(2)
  while ((await fillTraits(desk.world.deps)) > 0);
  const list = await make(city)
  expect((await desk.post(city.cookie, `${list}/chosen`, {})).text).toContain('至少选一项')
  const filled = await desk.post(city.cookie, `${list}/chosen`, {
    stages: ['submitted'],
    districts: ['yunyan', 'nanming'],
  })
  expect(filled.text).toContain('新加进来2人')
  const [one] = await members(list)
  await desk.post(city.cookie, `${list}/remove`, { person: String(one) })
  expect(await members(list)).toHaveLength(1)
  await desk.post(city.cookie, `${list}/name`, { name: ' 八月培训 ' })
  expect((await desk.get(city.cookie, list)).text).toContain('八月培训')
  const long = await desk.post(city.cookie, `${list}/name`, { name: '长'.repeat(61) })
  expect([long.status, long.text.includes('最多60个字')]).toEqual([400, true])
})

it('a district keeps its own people on its own lists, and sees no other', async () => {
  const here = await desk.handIn(1)
  const [district = ''] = await desk.column('SELECT district FROM cases')
  const inside =
    district === 'yunyan'
      ? yunyan
      : await signInAs(desk.world.deps, 'district-reviewer', String(district))
  const outside =
    district === 'yunyan' ? await signInAs(desk.world.deps, 'district-reviewer', 'nanming') : yunyan
  const theirs = await make(outside, '外区名单')
  const tried = await desk.post(outside.cookie, `${theirs}/numbers`, { numbers: here.number })
  expect(tried.text).toContain('新加进来0人')
  await desk.post(outside.cookie, `${theirs}/chosen`, { stages: ['submitted'] })
  // Not even the city puts others on a list of a district.
  await desk.post(city.cookie, `${theirs}/numbers`, { numbers: here.number })
  expect(await members(theirs)).toEqual([])
  const own = await make(inside, '本区名单')
  await desk.post(inside.cookie, `${own}/numbers`, { numbers: here.number })
  expect(await members(own)).toHaveLength(1)
  for (const path of [own, `${own}/delete`, `${own}/name`]) {
    const answer =
      path === own
        ? await desk.get(outside.cookie, path)
        : await desk.post(outside.cookie, path, { name: 'x' })
    expect(answer.status).toBe(404)
  }
  expect((await desk.get(outside.cookie, '/console/lists')).text).not.toContain('本区名单')
  expect((await desk.get(city.cookie, '/console/lists')).text).toContain('本区名单')
})

it('shows a member by an application of the own district alone, whatever else they have elsewhere', async () => {
  const nanming = await signInAs(desk.world.deps, 'district-reviewer', 'nanming')
  const own = await desk.handIn(1, { district: 'nanming' })
  const far = await desk.handIn(2, { district: 'yunyan' })
  await desk.world.db.write([
    { sql: "UPDATE cases SET contact_id = 'contact-1' WHERE id = ?", args: [far.id] },
  ])
  // Of several applications the one with the greatest number is shown.
  expect(far.number > own.number).toBe(true)
  const list = await make(nanming)
  await desk.post(nanming.cookie, `${list}/numbers`, { numbers: own.number })
  const { text } = await desk.get(nanming.cookie, list)
  expect([text.includes(own.number), text.includes(far.number)]).toEqual([true, false])
})
