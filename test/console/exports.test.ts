import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { signInAs } from '../helpers/staff.ts'

let desk: Desk

beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

const taken = async () => {
  const sql = `SELECT subject || ' ' || reason FROM audit_entries WHERE action = 'table.taken'`
  return desk.column(sql)
}

it('an export is noted with its filter, its rows, and that it was complete', async () => {
  const { cookie } = await signInAs(desk.world.deps, 'city-reviewer')
  for (const serial of [1, 2, 3]) await desk.handIn(serial)
  const page = (await desk.get(cookie, '/console/ledger?year=2018')).text
  expect(page).toContain('共 3 行，全部导出')
  const form = { year: '2018', district: 'yunyan', full: '', reason: '', as: 'csv', disclosure: '' }
  const { text } = await desk.post(cookie, '/console/ledger/export', form)
  expect(text.trim().split('\n')).toHaveLength(4)
  expect(await taken()).toEqual([
    'table:ledger-2018-yunyan.csv year 2018; district yunyan; rows 3; complete',
  ])
})

it('the audit gives all its entries, however many, and a browser that goes away is noted', async () => {
  const { cookie } = await signInAs(desk.world.deps, 'auditor')
  const entry = { at: desk.world.deps.now(), actor: 'cli', action: 'case.commented' } as const
  const { writeAudited } = await import('../../db/staff/audit.ts')
  for (let batch = 0; batch < 24; batch++) {
    const entries = Array.from({ length: 50 }, () => ({ ...entry, subject: 'case:1' as const }))
    await writeAudited(desk.world.db, entries, [])
  }
  const form = { actor: 'cli', action: 'case.', subject: '', since: '', until: '' }
  const whole = await desk.post(cookie, '/console/audit/export', form)
  expect(whole.text.trim().split('\n')).toHaveLength(1201)
  expect(await taken()).toEqual([
    expect.stringMatching(/^table:audit-[\d-]+.csv actor cli; action case.; rows 1200; complete$/),
  ])
  const response = await createApp(desk.world.deps).request(
    'https://chat.test/console/audit/export',
    {
      method: 'POST',
      headers: { cookie, host: 'chat.test', origin: 'https://chat.test' },
      body: new URLSearchParams(form),
    },
  )
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.read()
  await reader?.cancel()
  expect((await taken())[1]).toMatch(/rows \d{2,3}; broken off$/)
})
