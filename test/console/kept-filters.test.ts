import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
let city: string

beforeAll(async () => {
  desk = await createDesk()
  city = (await signInAs(desk.world.deps, 'city-reviewer')).cookie
})
afterAll(() => desk.world.close())

const LIST = '/console/cases'
const keep = (name: string, query: string, list = LIST) =>
  desk.post(city, '/console/filters', { list, name, query })

it('a filter is kept under a name, leads to its list, and is for who kept it alone', async () => {
  const query = 'tab=all&district=yunyan&sort=newest'
  const offered = (await desk.get(city, `${LIST}?${query}&page=x`)).text
  expect(offered).toContain('保存这个筛选')
  expect(offered).toContain('name="query" value="tab=all&amp;district=yunyan&amp;sort=newest"')
  expect((await keep('云岩最新', `${query}&page=abc&lang=en`)).to).toBe(`${LIST}?${query}`)
  const page = (await desk.get(city, `${LIST}?${query}`)).text
  expect(page).toContain(`<a href="${LIST}?${query.replaceAll('&', '&amp;')}" aria-current="true">`)
  expect(page).not.toContain('保存这个筛选')
  expect((await desk.get(city, '/console/inbox')).text).not.toContain('云岩最新')
  const other = (await signInAs(desk.world.deps, 'city-reviewer')).cookie
  expect((await desk.get(other, LIST)).text).not.toContain('云岩最新')
  // The same name again takes the place of the first.
  await keep('云岩最新', 'tab=closed')
  expect(await desk.column('SELECT query FROM saved_filters')).toEqual(['tab=closed'])
  const form = { list: LIST, name: '云岩最新', query: '' }
  expect((await desk.post(city, '/console/filters/drop', form)).to).toBe(LIST)
  expect(await desk.column('SELECT count(*) FROM saved_filters')).toEqual([0])
})

it.each([
  ['no name', '', 'tab=all', LIST],
  ['a name that is too long', '名'.repeat(41), 'tab=all', LIST],
  ['another site', '外面', 'tab=all', 'https://example.org/console/x'],
  ['a path out of the console', '外面', 'tab=all', '/console/../healthz'],
  ['more than a filter is', '长', `tab=${'x'.repeat(600)}`, LIST],
])('%s is not kept', async (_, name, query, list) => {
  expect((await keep(name, query, list)).status).toBe(400)
  expect(await desk.column('SELECT count(*) FROM saved_filters')).toEqual([0])
})
