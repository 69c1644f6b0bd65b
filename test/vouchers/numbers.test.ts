import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openFile } from '../../db/core/client.node.ts'
import { issueVoucher } from '../../src/vouchers/issue.ts'
import { CITY, caseNumberOf, createVoucherTest, voucherWorld } from '../helpers/vouchers.ts'

it('follow each other without a hole, also where issues race, in two processes, and some come to nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'weiqitong-numbers-'))
  const path = join(folder, 'x.db')
  const cases = 12
  // Money for eight: what is asked for beyond it must not use up a number.
  const test = await createVoucherTest({ path, cases, budgetFen: 8 * 240_000 })
  const other = openFile(path)
  const second = voucherWorld(other, { prefix: 'w' }).world
  const wish = async (serial: number, key: string) => ({
    caseNumber: await caseNumberOf(test.db, serial),
    kind: 'bookkeeping',
    key,
  })
  const made = await Promise.all(
    Array.from({ length: cases }, async (_, index) =>
      issueVoucher(index % 2 === 0 ? test.world : second, CITY, await wish(index + 1, `k${index}`)),
    ),
  )
  expect(made.filter(({ ok }) => ok)).toHaveLength(8)
  const [rows = []] = await test.db.read([
    { sql: 'SELECT number FROM vouchers ORDER BY 1', args: [] },
  ])
  const serials = rows.map(([number]) => Number(String(number).split('-').at(-1)))
  expect(serials).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  await Promise.all([test.db.close(), other.close()])
  rmSync(folder, { recursive: true })
}, 60_000)
