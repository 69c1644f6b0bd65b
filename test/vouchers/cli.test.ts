import { beforeEach, describe, expect, it } from 'vitest'
import { runVoucherCommand } from '../../src/vouchers/cli.ts'
import { caseNumberOf, createVoucherTest, type VoucherTest } from '../helpers/vouchers.ts'

let test: VoucherTest
beforeEach(async () => {
  test = await createVoucherTest({ cases: 3 })
  return () => test.db.close()
})
const run = async (line: string, options: Record<string, string> = {}) => {
  const { ok, lines } = await runVoucherCommand(test.world, line.split(' '), {
    limit: 50,
    ...options,
  })
  return `${ok ? 'ok' : 'failed'}: ${lines.join('\n')}`
}

describe('voucher …', () => {
  it('shows the programme, allots, issues once, lists and verifies', async () => {
    expect(await run('programme')).toMatch(
      /^ok: \[Sample\][\s\S]*bookkeeping[\s\S]*500000\.00 yuan of 1000000\.00/,
    )
    const who = { actor: '王芳', key: 'june', reason: '追加' }
    expect(await run('budget 1000', who)).toMatch(/^ok: Allotted/)
    expect(await run('budget 1000', who)).toMatch(/nothing is allotted twice/)
    expect(await run('budget 9999999', { ...who, key: 'more' })).toMatch(
      /^failed: This is above the year/,
    )
    expect(await run('budget ten', who)).toMatch(/^failed: Say how much/)
    const number = await caseNumberOf(test.db, 1)
    expect(await run(`issue ${number} legal`, { key: 'x' })).toMatch(/^failed: Say who/)
    expect(await run(`issue ${number} legal`, { actor: '王芳' })).toMatch(/^failed: Name it/)
    expect(await run(`issue ${number} legal`, who)).toMatch(/^ok: DZQ18-000001 {2}legal {2}issued/)
    expect(await run(`issue ${number} legal`, who)).toMatch(/issued before/)
    expect(await run('issue all legal', { ...who, key: 'all' })).toMatch(/^ok: 2 issued/)
    expect(await run('issue all gold', who)).toMatch(/no such kind/)
    expect(await run('list', { stage: 'issued' })).toMatch(/DZQ18-000003[\s\S]*DZQ18-000001/)
    expect(await run('list', { stage: 'gone' })).toMatch(/^failed: There is no state/)
    expect(await run('list', { district: '花溪' })).toBe('ok: There are no e-vouchers here.')
    expect(await run('show dzq18-000001')).toMatch(/outstanding 2000\.00[\s\S]*grant {2}王芳/)
    expect(await run('show DZQ18-999999')).toMatch(/^failed/)
    expect(await run('verify')).toMatch(/^ok: All sums agree: 5 entries, 3 vouchers/)
    await test.db.write([{ sql: 'UPDATE voucher_balances SET balance = 7', args: [] }])
    expect(await run('verify')).toMatch(/^failed: The ledger does not agree/)
    expect(await run('dance')).toMatch(/^failed: Say which/)
    expect(await runVoucherCommand(null, ['list'], { limit: 1 })).toMatchObject({ ok: false })
  })
})
