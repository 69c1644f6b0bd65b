import { expect, it } from 'vitest'
import { verifyFunds } from '../../db/funds/verify.ts'
import { verifyDatabase } from '../../src/platform/backup/verify-database.ts'
import { vault } from '../helpers/cases.ts'
import { createFundTest, fillYunyan } from './fund-world.ts'

const GONE = [
  'DROP TRIGGER fund_entries_stay',
  'DROP TRIGGER fund_entries_remain',
  'DROP TRIGGER fund_acts_stay',
]

it('looks both ledgers over among all else', async () => {
  const { db, world } = await createFundTest()
  await fillYunyan(world, 1)
  const found = new Map<string, boolean>()
  for await (const { name, ok } of verifyDatabase(db, vault)) found.set(name, ok)
  expect(found.get('money by level')).toBe(true)
  expect(found.get('voucher ledger')).toBe(true)
  for (const sql of GONE) await db.write([{ sql, args: [] }])
  await db.write([{ sql: 'UPDATE fund_entries SET amount = amount + 1 WHERE id = 1', args: [] }])
  for await (const { name, ok } of verifyDatabase(db, vault)) found.set(name, ok)
  expect(found.get('money by level')).toBe(false)
  expect(found.get('voucher ledger')).toBe(true)
  await db.close()
})

it.each([
  ['an amount', 'UPDATE fund_entries SET amount = amount + 1 WHERE id = 2', /the balance is/],
  ['a row that is gone', 'DELETE FROM fund_entries WHERE id = 2', /entry 2 is missing/],
  [
    'a balance',
    "UPDATE fund_balances SET balance = balance + 1 WHERE account = 'county'",
    /balance/,
  ],
  [
    'an act that says otherwise than it moved',
    "UPDATE fund_acts SET amount = amount + 1, county = county + 1 WHERE move = 'reserve'",
    /moved what it does not say/,
  ],
])('names %s that somebody altered', async (_, sql, problem) => {
  const { db, world } = await createFundTest()
  await fillYunyan(world, 1)
  for (const gone of GONE) await db.write([{ sql: gone, args: [] }])
  await db.write([{ sql, args: [] }])
  const verdict = await verifyFunds(db)
  expect(verdict.ok).toBe(false)
  expect(verdict.ok ? '' : verdict.problem).toMatch(problem)
  await db.close()
})
