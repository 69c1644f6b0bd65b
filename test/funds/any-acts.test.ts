import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listActs } from '../../db/funds/acts.ts'
import { verifyFunds } from '../../db/funds/verify.ts'
import { FUNDS } from '../../flows/programme/money/funds.ts'
import { decideMoney, moveMoney, reverseMoney } from '../../src/funds/move-money.ts'
import {
  CITY,
  createFundTest,
  fen,
  fillYunyan,
  NANMING,
  papers,
  SECOND,
  YUNYAN,
} from './fund-world.ts'

const MOVES = [
  'receive',
  'provide',
  'reserve',
  'allocate',
  'decide',
  'allot',
  'pay',
  'record',
  'reverse',
  'withdraw',
] as const
const sum = fc.oneof(fc.nat(9_000_000), fc.constantFrom(0, -1, 1))
const acts = fc.array(
  fc.record({
    what: fc.constantFrom(...MOVES, 'decide', 'allot'),
    who: fc.constantFrom(CITY, SECOND, YUNYAN, NANMING),
    which: fc.nat(20),
    fund: fc.constantFrom(...FUNDS),
    parts: fc.record({ province: sum, city: sum, county: sum }),
    again: fc.boolean(),
  }),
  { minLength: 16, maxLength: 28 },
)

describe('any acts in any order', () => {
  it('leave a ledger that agrees with itself', async () => {
    const reached = new Set<string>()
    let count = 0
    await fc.assert(
      fc.asyncProperty(acts, async (list) => {
        const { db, world } = await createFundTest({ cases: 3 })
        try {
          await fillYunyan(world, 2)
          const small = { fund: 'direct' as const, parts: fen(9_000_000, 0, 0) }
          await moveMoney(world, CITY, { move: 'receive', ...small, ...papers('more') })
          for (const index of [1, 2, 3]) {
            const part = { ...small, parts: fen(1000, 0, 0), district: 'nanming' }
            await moveMoney(world, CITY, { move: 'allocate', ...part, ...papers(`asked-${index}`) })
          }
          for (const serial of [1, 2]) {
            const grant = { caseId: `case-${serial}` }
            const given = { move: 'allot' as const, grant, amountFen: serial * 1_000_000 }
            await moveMoney(world, YUNYAN, { ...given, ...papers(`given-${serial}`) })
          }
          for (const { what, who, which, fund, parts, again } of list) {
            const key = again ? `same-${which}` : `k${++count}`
            const all = await listActs(db, who, {
              programme: 'guiyang-2018',
              year: 2018,
              limit: 50,
            })
            const asked = all.filter(({ state }) => state === 'asked')
            const picked = what === 'decide' && which % 3 !== 0 ? asked : all
            const actId = picked[which % Math.max(1, picked.length)]?.id ?? ''
            const done = async () => {
              switch (what) {
                case 'decide':
                  return decideMoney(world, who, { actId, yes: which % 4 !== 0 })
                case 'reverse':
                  return reverseMoney(world, who, { actId, reason: 'x', key })
                case 'withdraw': {
                  const sql = `UPDATE cases SET outcome = CASE outcome WHEN 'granted' THEN 'withdrawn' ELSE 'granted' END WHERE id = ?`
                  await db.write([{ sql, args: [`case-${1 + (which % 3)}`] }])
                  return { ok: true as const }
                }
                case 'allot':
                case 'pay':
                case 'record': {
                  const grant = { caseId: `case-${1 + (which % 3)}` }
                  const request = {
                    move: what,
                    grant,
                    amountFen: parts.city % (1 + which * 250_000),
                    ...papers(key),
                  }
                  return moveMoney(world, who, request)
                }
                default: {
                  const district = which % 5 === 0 ? 'nanming' : 'yunyan'
                  const request = { move: what, fund, district, parts, ...papers(key) }
                  return moveMoney(world, who, request)
                }
              }
            }
            if ((await done()).ok) reached.add(what)
            const verdict = await verifyFunds(db)
            if (!verdict.ok) throw new Error(`${what}: ${verdict.problem}`)
          }
        } finally {
          await db.close()
        }
      }),
      { numRuns: 12, seed: 2018 },
    )
    expect([...reached].sort()).toEqual([...new Set(MOVES)].sort())
  }, 120_000)
})
