import { insertCase } from '../../db/cases/cases.ts'
import { openFile } from '../../db/core/client.node.ts'
import type { Database } from '../../db/core/database.ts'
import type { FundContext, FundStaff } from '../../src/funds/context.ts'
import { decideMoney, moveMoney } from '../../src/funds/move-money.ts'
import { AT, newCase, otherApplicant, pack, prepareCases, vault } from '../helpers/cases.ts'

const { funds, stages } = pack
if (funds === undefined || stages === undefined) throw new Error('no money by level')
export const fundPack = { ...pack, funds, stages }

const someone = (id: string, name: string, district: string | null = null): FundStaff => ({
  id,
  name,
  role: 'finance',
  district,
})
export const CITY = someone('city-money', '周平')
export const SECOND = someone('city-money-2', '吴敏')
export const YUNYAN = someone('yunyan-money', '郑丽', 'yunyan')
export const NANMING = someone('nanming-money', '冯刚', 'nanming')

/** A world of money on a database; the first of a file makes its staff and its cases. */
export function fundWorld(db: Database, prefix = 'f'): FundContext {
  let ids = 0
  return {
    db,
    vault,
    personalData: () => true,
    now: () => '2018-06-04T02:00:00.000Z',
    newId: () => `${prefix}${String(++ids).padStart(6, '0')}`,
    pack: fundPack,
  }
}

/** An empty ledger with so many approved applications of Yunyan (`case-1` …). */
export async function createFundTest(options: { path?: string; cases?: number } = {}) {
  const db = openFile(options.path ?? ':memory:')
  const revision = await prepareCases(db)
  for (const { id, name, role, district } of [CITY, SECOND, YUNYAN, NANMING]) {
    const sql = `INSERT INTO staff (id, name, email, role, district, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)`
    const args = [id, name, `${id}@example.test`, role, district, AT, AT]
    await db.write([{ sql, args }])
  }
  for (let serial = 1; serial <= (options.cases ?? 1); serial++) {
    const applicant = otherApplicant(serial)
    const one = newCase(revision, serial, { applicant, district: 'yunyan' })
    const granted = `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`
    await db.write([...(await insertCase(vault, one)), { sql: granted, args: [one.id] }])
  }
  return { db, world: fundWorld(db) }
}

/** Papers of a form. */
export const papers = (key: string) => ({ day: '2018-06-01', document: '筑财〔2018〕1号', key })

/** Fen by level. */
export const fen = (province: number, city: number, county: number) => ({ province, city, county })

/** So much of each level's share in Yunyan that so many enterprises can be allotted the direct subsidy. */
export async function fillYunyan(world: FundContext, households: number): Promise<void> {
  const year = { fund: 'direct' as const }
  const shares = fen(3_150_000 * households, 450_000 * households, 900_000 * households)
  for (const [move, staff] of [
    ['receive', CITY],
    ['provide', CITY],
    ['reserve', YUNYAN],
    ['allocate', CITY],
  ] as const) {
    const place = move === 'reserve' || move === 'allocate' ? { district: 'yunyan' } : {}
    const made = await moveMoney(world, staff, {
      move,
      ...year,
      ...place,
      parts: shares,
      ...papers(`fill-${move}`),
    })
    if (!made.ok) throw new Error(`${move}: ${made.problem.kind}`)
    if (move !== 'allocate') continue
    const agreed = await decideMoney(world, SECOND, { actId: made.act.id, yes: true })
    if (!agreed.ok) throw new Error(agreed.problem.kind)
  }
}

/** The line of `case-1` in the direct subsidy of the year. */
export const GRANT = 'guiyang-2018:2018:direct:case:case-1'

/** Allots so much to `case-1`. */
export const allot = (world: FundContext, amountFen: number, key: string, staff = YUNYAN) =>
  moveMoney(world, staff, {
    move: 'allot',
    grant: { caseId: 'case-1' },
    amountFen,
    ...papers(key),
  })
