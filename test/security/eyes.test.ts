import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadFunds } from '../../db/funds/figures.ts'
import { findHolder } from '../../db/funds/holders.ts'
import { listCasesOfSession } from '../../db/handoffs/inbox.ts'
import { findOwnCanned, insertCanned } from '../../db/handoffs/reply-templates.ts'
import { findNotice } from '../../db/outbox/list.ts'
import { loadQuizResults } from '../../db/quizzes/quizzes.ts'
import { listAssignableStaff } from '../../db/staff/members.ts'
import { paidStages } from '../../flows/programme/money/paid-stages.ts'
import { fundWorldOf, yearOf } from '../../src/funds/context.ts'
import { seedFunds } from '../funds/seed.ts'
import { createStaff } from '../helpers/campaigns.ts'
import { createDesk, type Desk } from '../helpers/desk.ts'
import { seedHandoff } from '../helpers/handoff.ts'
import { seedNotice } from '../helpers/notice.ts'
import { signInAs } from '../helpers/staff.ts'

/** What pages ask for in a way that hides a missing clause is asked for here as a district, directly. */
const OWN = { district: 'yunyan' }
let desk: Desk
beforeEach(async () => {
  desk = await createDesk()
})
afterEach(() => desk.world.close())

it('a district has the figures of its own money, and no other one’s holder', async () => {
  const { deps, db } = desk.world
  await seedFunds(deps, 'yunyan')
  await seedFunds(deps, 'nanming')
  const world = await fundWorldOf(deps)
  if (world === null) throw new Error('no money by level')
  const stages = paidStages(world)
  const [own, none] = await Promise.all([
    loadFunds(db, OWN, yearOf(world, 'direct'), stages),
    loadFunds(db, { district: 'wudang' }, yearOf(world, 'direct'), stages),
  ])
  expect([...own.districts.keys()]).toEqual(['yunyan'])
  expect([...none.districts.keys()]).toEqual([])
  const holders = await desk.column('SELECT id FROM fund_holders WHERE district = ?', 'nanming')
  expect(holders.length).toBeGreaterThan(0)
  for (const id of holders) {
    expect(await findHolder(db, OWN, String(id))).toBeNull()
    expect(await findHolder(db, { district: 'nanming' }, String(id))).not.toBeNull()
  }
})

/** One more application of a person, in another district, the newest. */
async function applyElsewhere(caseId: string): Promise<void> {
  await desk.world.db.write([
    {
      sql: `INSERT INTO cases (id, number, programme_id, revision_id, contact_id, district, origin, stage, version, applicant,
          answers, has_key_group, key_group_jobs, in_low_income_village, submitted_at, completed_at, updated_at)
        SELECT 'elsewhere', 'elsewhere', programme_id, revision_id, contact_id, 'nanming', origin, stage, version, applicant,
          answers, has_key_group, key_group_jobs, in_low_income_village, '2018-07-01', '2018-07-01', '2018-07-01'
        FROM cases WHERE id = ?`,
      args: [caseId],
    },
  ])
}

it('of a person with applications in two districts each sees its own', async () => {
  const { deps, db } = desk.world
  const handoff = await seedHandoff(deps, 'yunyan')
  await applyElsewhere(`k${handoff}`)
  const seen = await listCasesOfSession(db, OWN, `s${handoff}`)
  expect(seen.map(({ id }) => id)).toEqual([`k${handoff}`])
})

it('a notice leads to an application of the own district, or to none', async () => {
  const { deps, db } = desk.world
  const seq = Number(await seedNotice(deps, 'yunyan'))
  const [own] = await desk.column('SELECT id FROM cases')
  await applyElsewhere(String(own))
  expect(await findNotice(db, OWN, seq)).toMatchObject({ caseId: own })
  expect(await findNotice(db, { district: 'nanming' }, seq)).toMatchObject({ caseId: 'elsewhere' })
})

it('ready answers of the city are used by a district and changed by the city', async () => {
  const { deps, db } = desk.world
  const by = await createStaff(deps, 'boss', 'city-reviewer')
  const words = { 'zh-Hans': '请带身份证原件。', en: 'Please bring your identity card.' }
  for (const [id, district] of [
    ['ofcity', null],
    ['ofown', 'yunyan'],
    ['ofother', 'nanming'],
  ] as const) {
    const canned = { id, district, title: id, version: 1, words }
    await db.write([insertCanned(canned, by.id, deps.now())])
  }
  const found = (eyes: { district: string | null }) =>
    Promise.all(
      ['ofcity', 'ofown', 'ofother'].map(async (id) => (await findOwnCanned(db, eyes, id))?.id),
    )
  expect(await found(OWN)).toEqual([undefined, 'ofown', undefined])
  expect(await found({ district: null })).toEqual(['ofcity', 'ofown', 'ofother'])
  const { cookie } = await signInAs(deps, 'district-reviewer', 'yunyan')
  const { text } = await desk.get(cookie, '/console/canned')
  expect(text).toContain('ofcity')
  expect(text).toContain('/console/canned/ofown')
  expect(text).not.toContain('/console/canned/ofcity')
})

it('results of quizzes are by the district of who answered', async () => {
  const { deps, db } = desk.world
  for (const district of ['yunyan', 'nanming']) {
    await db.write([
      {
        sql: `INSERT INTO quiz_rounds (id, programme_id, contact_id, kind, district, bank, asked, answered_right, at)
          VALUES (?, ?, NULL, 'other', ?, NULL, 3, 2, ?)`,
        args: [district, deps.programme, district, deps.now()],
      },
    ])
  }
  const results = await loadQuizResults(db, OWN, deps.programme)
  expect(results.map(({ district }) => district)).toEqual(['yunyan'])
})

it('work is given to who is of the district, or of the city', async () => {
  const { deps, db } = desk.world
  for (const [role, district] of [
    ['district-reviewer', 'yunyan'],
    ['district-reviewer', 'nanming'],
    ['city-reviewer', null],
  ] as const) {
    await signInAs(deps, role, district)
  }
  const namesFor = async (district: string | null) =>
    (await listAssignableStaff(db, district, ['district-reviewer', 'city-reviewer'])).map(
      ({ role }) => role,
    )
  expect((await namesFor('yunyan')).sort()).toEqual(['city-reviewer', 'district-reviewer'])
  expect(await namesFor(null)).toEqual(['city-reviewer'])
})

it('the overview of a district names no other one', async () => {
  const { cookie } = await signInAs(desk.world.deps, 'district-reviewer', 'yunyan')
  const { text } = await desk.get(cookie, '/console/dashboard')
  expect(text).toContain('云岩区')
  expect(text).not.toContain('南明区')
})
