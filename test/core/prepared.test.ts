import Libsql from 'libsql'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'

it('statements are kept ready for the next time, and only so many of them', async () => {
  const prepare = vi.spyOn(Libsql.prototype, 'prepare')
  const db = openFile(':memory:')
  onTestFinished(() => db.close())
  const ask = (number: number) => db.read([{ sql: `SELECT ${number}`, args: [] }])
  const made = () => prepare.mock.calls.filter(([sql]) => sql === 'SELECT 0').length
  await ask(0)
  await ask(0)
  expect(made()).toBe(1)
  // As many filters and lists of as many people as a year of the console brings.
  for (let number = 1; number <= 3000; number++) await ask(number)
  expect(await ask(0)).toEqual([[[0]]])
  expect(made()).toBe(2)
})
