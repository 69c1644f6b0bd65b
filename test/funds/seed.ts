import { insertCase } from '../../db/cases/cases.ts'
import { insertPayee } from '../../db/funds/payees.ts'
import { currentRevision } from '../../db/policy/packs.ts'
import type { FundStaff } from '../../src/funds/context.ts'
import { fundWorldOf } from '../../src/funds/context.ts'
import { decideMoney, moveMoney } from '../../src/funds/move-money.ts'
import type { FundMoved } from '../../src/funds/store-act.ts'
import type { Deps } from '../../src/kernel/deps.ts'
import { newCase, otherApplicant } from '../helpers/cases.ts'

let seeded = 700

/** Puts somebody of the finance office in. */
export async function seedFinance(deps: Deps, name = '钱会计'): Promise<FundStaff> {
  const id = deps.newId()
  const sql = `INSERT INTO staff (id, name, email, role, created_at, updated_at) VALUES (?, ?, ?, 'finance', ?, ?)`
  const at = deps.now()
  await deps.db.write([{ sql, args: [id, name, `${id.toLowerCase()}@example.test`, at, at] }])
  return { id, name, role: 'finance', district: null }
}

/** An approved application of a district, of an enterprise of this name. */
export async function seedGranted(
  deps: Deps,
  district: string,
  enterpriseName: string,
  serial = ++seeded,
) {
  const revision = await currentRevision(deps.db, deps.programme)
  if (revision === null) throw new Error('no policy')
  const one = newCase(revision, serial, {
    id: deps.newId(),
    district,
    contactId: null,
    applicant: otherApplicant(serial),
    answers: { enterpriseName },
  })
  const granted = `UPDATE cases SET stage = 'approved', outcome = 'granted' WHERE id = ?`
  await deps.db.write([...(await insertCase(deps.vault, one)), { sql: granted, args: [one.id] }])
  return one
}

/**
 * A district's money: its share reserved and all of it allotted to one enterprise, an allocation that waits for a second
 * person, and one reserve on top. Their documents bear the mark of the ids.
 */
export async function seedFunds(deps: Deps, district: string, serial = ++seeded) {
  const world = await fundWorldOf(deps)
  if (world === null) throw new Error('no money by level')
  const mark = deps.newId()
  const [one, other] = [await seedFinance(deps, `${mark}甲`), await seedFinance(deps, `${mark}乙`)]
  const { id: caseId, number } = await seedGranted(deps, district, `${mark}茶行`, serial)
  const papers = () => ({ day: '2018-06-01', document: mark, key: deps.newId() })
  const done = async (moved: Promise<FundMoved>) => {
    const outcome = await moved
    if (!outcome.ok) throw new Error(outcome.problem.kind)
    return outcome.act
  }
  const share = {
    fund: 'direct' as const,
    parts: { province: 3_150_000, city: 450_000, county: 900_000 },
  }
  for (const move of ['receive', 'receive', 'provide', 'provide'] as const) {
    await done(moveMoney(world, one, { move, ...share, ...papers() }))
  }
  const ofDistrict = { ...share, district }
  await done(moveMoney(world, one, { move: 'reserve', ...ofDistrict, ...papers() }))
  const passed = await done(moveMoney(world, one, { move: 'allocate', ...ofDistrict, ...papers() }))
  await done(decideMoney(world, other, { actId: passed.id, yes: true }))
  const grant = { caseId }
  const allotted = await done(
    moveMoney(world, one, { move: 'allot', grant, amountFen: 4_000_000, ...papers() }),
  )
  const payee = { holder: `${mark}妹`, bank: `${mark}银行`, number: '6205500000000000004' }
  const doubted = { id: deps.newId(), caseId, payee, why: 'other-holder' as const, at: deps.now() }
  await deps.db.write(await insertPayee(deps.vault, doubted))
  const asked = await done(moveMoney(world, one, { move: 'allocate', ...ofDistrict, ...papers() }))
  return { caseId, number, act: allotted.id, asked: asked.id, by: one }
}
