import { afterEach, beforeEach, expect, it } from 'vitest'
import { runKeyCommand } from '../../src/api/cli.ts'
import { createApp } from '../../src/app.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

const FORM = {
  name: '市云平台',
  role: 'district-reviewer',
  district: 'yunyan',
  scope: ['applications:read', 'reveal'],
  days: '30',
  perMinute: '60',
}
const statusOf = async (key: string) => {
  const headers = { authorization: `Bearer ${key}` }
  return (await createApp(desk.world.deps).request('https://chat.test/api/v1/key', { headers }))
    .status
}
const keyIn = (text: string) => /wqt_[\w-]{43}/.exec(text)?.[0] ?? ''

it('is made in the console, shown once, and waits for a second administrator where it shows people', async () => {
  const first = await signInAs(desk.world.deps, 'admin')
  const second = await signInAs(desk.world.deps, 'admin')
  const key = keyIn((await desk.post(first.cookie, '/console/api', FORM)).text)
  expect(key).toMatch(/^wqt_/)
  expect((await desk.get(first.cookie, '/console/api')).text).not.toContain(key)
  expect(await statusOf(key)).toBe(401)
  const [id] = await desk.column('SELECT id FROM api_keys')
  expect((await desk.post(first.cookie, `/console/api/${id}/agree`, {})).status).toBe(409)
  // A second account of the same name may be the same person.
  const twin = await signInAs(desk.world.deps, 'admin')
  const name = 'UPDATE staff SET name = (SELECT name FROM staff WHERE id = ?) WHERE id = ?'
  await desk.world.db.write([{ sql: name, args: [first.id, twin.id] }])
  expect((await desk.post(twin.cookie, `/console/api/${id}/agree`, {})).status).toBe(409)
  expect(await statusOf(key)).toBe(401)
  expect((await desk.post(second.cookie, `/console/api/${id}/agree`, {})).status).toBe(303)
  expect(await statusOf(key)).toBe(200)
  await desk.post(first.cookie, `/console/api/${id}/revoke`, {})
  expect(await statusOf(key)).toBe(401)
  const stored = JSON.stringify(
    await desk.column('SELECT json_array(name, hash, scopes) FROM api_keys'),
  )
  expect(stored + desk.world.logged.join()).not.toContain(key.slice(4))
})

it('keeps what was filled in, and says at its field what does not fit', async () => {
  const { cookie } = await signInAs(desk.world.deps, 'admin')
  for (const [field, wrong, words] of [
    ['name', '', '名称'],
    ['district', '', '必须有区县'],
    ['scope', 'tipoffs:count', '不能有的'],
    ['days', '0', '1 到 366'],
    ['perMinute', '9999999', '1 到 6000'],
  ] as const) {
    const { status, text } = await desk.post(cookie, '/console/api', { ...FORM, [field]: wrong })
    expect([field, status, text.includes(words)]).toEqual([field, 400, true])
  }
  expect(await desk.column('SELECT count(*) FROM api_keys')).toEqual([0])
})

it('is made, listed and ended by the command line', async () => {
  const context = { ...desk.world.deps, districts: ['yunyan'] }
  const wish = {
    name: 'x',
    role: 'district-reviewer',
    district: 'yunyan',
    scopes: 'applications:read',
  }
  const made = await runKeyCommand(context, ['new'], wish)
  const key = keyIn(made.lines.join())
  expect([made.ok, await statusOf(key)]).toEqual([true, 200])
  const listed = await runKeyCommand(context, ['list'], {})
  expect(listed.lines.join()).toContain('applications:read')
  expect(listed.lines.join()).not.toContain(key)
  const [id] = await desk.column('SELECT id FROM api_keys')
  expect((await runKeyCommand(context, ['revoke', String(id)], {})).ok).toBe(true)
  expect(await statusOf(key)).toBe(401)
  for (const wrong of [
    { role: 'admin' },
    { scopes: 'all' },
    { district: 'x' },
    { days: '0' },
    { name: '' },
  ]) {
    expect((await runKeyCommand(context, ['new'], { ...wish, ...wrong })).ok).toBe(false)
  }
  expect((await runKeyCommand(context, ['revoke', 'nothing'], {})).ok).toBe(false)
})
