import { execFileSync, spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { DEFAULTS, planFor } from '../bench/capacity.ts'

it('keeps the turns of the retention, not all that there ever were', () => {
  const { turnsADay, databaseGigabytes } = planFor({ ...DEFAULTS, people: 3.65e6, unit: 3.65e6 })
  // 36,500 people, 40 turns a year each.
  expect(turnsADay.unit).toBeCloseTo(4000)
  expect(databaseGigabytes.unit).toBeCloseTo((4000 * 730 * 1045) / 1e9)
  const half = planFor({ ...DEFAULTS, people: 3.65e6, retention: 365 })
  expect(half.databaseGigabytes.all).toBeCloseTo(databaseGigabytes.all / 2)
})

it('counts the nation as so many cities that share nothing', () => {
  const [city, nation] = [planFor(DEFAULTS), planFor({ ...DEFAULTS, people: 1.4e9 })]
  expect([city.units, nation.units]).toEqual([1, 234])
  expect(nation.turnsADay.unit).toBeLessThanOrEqual(city.turnsADay.unit)
  expect(nation.turnsADay.all / city.turnsADay.all).toBeCloseTo(1.4e9 / 6e6)
  expect(nation.cost.all).toBeCloseTo(nation.cost.unit * 234)
  expect(nation.broadcast.bots).toBe(city.broadcast.bots)
})

it('needs more bots for a shorter broadcast, and more processes for more turns', () => {
  const busy = planFor({ ...DEFAULTS, share: 0.5, turns: 365, broadcastHours: 1 })
  expect(busy.broadcast.hoursWithOne).toBeCloseTo(3e6 / 30 / 3600)
  expect(busy.broadcast.bots).toBe(28)
  // Three million turns a day, a fifth of five times as many in one hour.
  expect(busy.peak.unit).toBeCloseTo(833.3, 1)
  expect(busy.processes.unit).toBe(2)
  expect(busy.cost.unit).toBeGreaterThan(planFor(DEFAULTS).cost.unit)
})

it('takes its inputs from the command line, and says what is wrong with one', () => {
  const run = (...args: string[]) => ['test/bench/plan.ts', ...args]
  const said = execFileSync(process.execPath, run('--people', '4e7', '--retention', '365'), {
    encoding: 'utf8',
  })
  expect(said).toMatch(/people +40000000\n/)
  expect(said).toMatch(/retention +365\n/)
  expect(said).toContain('all 7')
  const wrong = spawnSync(process.execPath, run('--people', 'many'), { encoding: 'utf8' })
  expect([wrong.status, wrong.stderr]).toEqual([
    2,
    '--people must be a number above 0, as in --people 6e6\n',
  ])
})
