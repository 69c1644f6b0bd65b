import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraseCase } from '../../db/cases/cases.ts'
import { fillIndexes } from '../../src/cases/fill-indexes.ts'
import { SEARCHES_AN_HOUR } from '../../src/cases/find-cases.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let wang: string
let city: string

beforeEach(async () => {
  desk = await createDesk()
  wang = (await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')).cookie
  city = (await signInAs(desk.world.deps, 'city-reviewer')).cookie
})
afterEach(() => desk.world.close())

const ask = (q: string, who = wang) => desk.post(who, '/console/cases/search', { q })
const named = (serial: number, name: string, enterpriseName: string, district = 'yunyan') =>
  desk.handIn(serial, {
    district,
    applicant: {
      name,
      identityNumber: `5201131990010100${serial}X`,
      mobile: `139000000${serial}`,
      bankAccount: null,
    },
    answers: { enterpriseName },
  })

describe('a search', () => {
  beforeEach(async () => {
    await named(11, '欧阳小梅', '贵阳市云岩区小梅裁缝铺')
    await named(12, '买买提·艾力', '老城肠旺面馆')
    await named(13, '欧阳小梅', '梅小裁缝', 'nanming')
  })

  it.each([
    ['a whole name', '欧阳小梅', 'case-11'],
    ['a name with another dot', '买买提•艾力', 'case-12'],
    ['a whole mobile as people write it', '+86 139-0000-0012', 'case-12'],
    ['two characters of the business', '肠旺', 'case-12'],
    ['a part of the business with a space in it', '小梅 裁缝铺', 'case-11'],
  ])('finds by %s', async (_, typed, id) => {
    expect((await ask(typed)).to).toBe(`/console/cases/${id}`)
  })

  it.each([
    ['a surname', '欧阳', 404],
    ['one character', '梅', 400],
    ['a piece of a mobile', '13900', 400],
    ['characters that stand apart in the name', '城面', 404],
    ['characters in another order', '裁小梅', 404],
  ])('finds nothing by %s', async (_, typed, status) => {
    const answer = await ask(typed)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`value="${typed}"`)
  })

  it('shows a district its own alone, and the city all, with masked names', async () => {
    expect((await ask('13900000013')).status).toBe(404)
    const both = await ask('欧阳小梅', city)
    expect(both.text).toContain('查到2份申请')
    expect(both.text).not.toContain('欧阳小梅')
    expect(both.text).toContain('/console/cases/case-11')
    expect(both.text).toContain('/console/cases/case-13')
  })

  it('asks for more where too many fit', async () => {
    for (let serial = 20; serial < 71; serial++) {
      await desk.handIn(serial, { answers: { enterpriseName: `${serial}号米粉店` } })
    }
    const many = await ask('米粉')
    expect(many.status).toBe(400)
    expect(many.text).toContain('符合的太多了')
    expect((await ask('33号米粉')).to).toBe('/console/cases/case-33')
  })

  it('is written down by what it was, never by whom, and is limited', async () => {
    await ask('欧阳小梅')
    await ask('没有这个人')
    const rows = await desk.world.db.read([
      { sql: `SELECT subject, reason FROM audit_entries WHERE action = 'case.searched'`, args: [] },
    ])
    const [found = [], missed = []] = rows[0] ?? []
    expect(String(found[0])).toMatch(/^case:GY18/)
    expect([found[1], ...missed]).toEqual(['by name or business', 'case:-', 'by name or business'])
    expect(JSON.stringify(desk.world.logged)).not.toContain('欧阳')
    for (let count = 2; count < SEARCHES_AN_HOUR; count++) await ask('没有这个人')
    const over = await ask('欧阳小梅')
    expect(over.text).toContain('一小时内查得太多了')
    // Somebody else, and by the hour after, goes on.
    expect((await ask('小梅裁缝铺', city)).to).toBe('/console/cases/case-11')
    desk.world.tick(3601)
    expect((await ask('欧阳小梅')).to).toBe('/console/cases/case-11')
  })
})

describe('what the search keeps', () => {
  const tokens = (id: string) =>
    desk.column('SELECT token FROM case_search WHERE case_id = ? ORDER BY token', id)

  it('goes with the person, and holds no word of theirs', async () => {
    const one = await named(11, '欧阳小梅', '小梅裁缝铺')
    const kept = (await tokens('case-11')).map(String)
    expect(kept.length).toBe(2 + 4)
    expect(kept.every((token) => /^[\w-]{12}$/.test(token))).toBe(true)
    await desk.world.db.write(eraseCase(one.id, desk.world.deps.now()))
    expect(await tokens('case-11')).toEqual([])
    expect((await ask('欧阳小梅')).status).toBe(404)
  })

  it('differs from district to district and from field to field', async () => {
    await named(11, '小梅', '小梅')
    await named(12, '小梅', '小梅', 'nanming')
    const [here, there] = [await tokens('case-11'), await tokens('case-12')]
    expect(new Set([...here, ...there]).size).toBe(here.length + there.length)
    expect(here.length).toBe(3)
  })

  it('is made for earlier applications by a job, and the page says how many are left', async () => {
    await named(11, '欧阳小梅', '小梅裁缝铺')
    const before = await tokens('case-11')
    await desk.world.db.write([
      { sql: 'DELETE FROM case_search', args: [] },
      { sql: 'UPDATE cases SET indexed = 0', args: [] },
    ])
    expect((await desk.get(wang, '/console/cases')).text).toContain('还剩1份（共1份）')
    expect((await ask('欧阳小梅')).status).toBe(404)
    await fillIndexes(desk.world.deps)
    expect((await desk.get(wang, '/console/cases')).text).not.toContain('还剩')
    expect(await tokens('case-11')).toEqual(before)
    expect((await ask('欧阳小梅')).to).toBe('/console/cases/case-11')
  })
})
