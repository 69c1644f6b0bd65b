import { flows } from '../../../flows/index.ts'
import { apiRouteNames, apiTargets } from './api.ts'
import { type Bookmark, findBookmarks } from './bookmarks.ts'
import { consoleRouteNames, consoleTargets } from './console.ts'
import { networkTargets } from './networks.ts'
import { pageTargets } from './pages.ts'
import { seedOffice } from './people.ts'
import { createShooter, type Failure, type Row } from './run.ts'
import { heapNow, leakIn, printFailures, printRows } from './table.ts'
import type { Target } from './target.ts'
import { turnTargets } from './turns.ts'
import { createFuzzWorld, type FuzzWorld } from './world.ts'

/** Steps that no data of this pack leads to. A quiz asks for the bank only where the pack names banks. */
const NOT_IN_THIS_PACK = new Set(['quiz.bank'])

export type FuzzOptions = {
  /** Requests in all, about. */
  runs: number
  seed: number
  /** Only targets whose name has this in it. */
  only?: string | undefined
  rounds?: number
  /** Asks for every step of every flow; a small run does not reach them all. */
  whole?: boolean
  /** Routes beside the product's own, and what is sent to them. */
  extra?: { routes: Parameters<typeof createFuzzWorld>[0]; targets: readonly Target[] }
}

export type FuzzResult = { rows: Row[]; failures: Failure[]; heaps: number[]; reached: number }

/** Shoots at everything and holds every answer to what is promised of it; throws for a route without a target. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { runs, seed, only = '', rounds = 10 } = options
  const world = await createFuzzWorld(options.extra?.routes)
  const rows = new Map<string, Row>()
  const failures: Failure[] = []
  const heaps: number[] = []
  const shoot = createShooter(world)
  const fixed = [
    ...networkTargets(),
    ...pageTargets(),
    ...consoleTargets(),
    ...(await apiTargets(world)),
    ...(options.extra?.targets ?? []),
  ]
  for (const route of routesWithoutTarget(world, [...fixed, ...turnTargets([])])) {
    failures.push({
      name: route,
      route,
      message: 'has no target: say in test/prove/fuzz what is sent to it',
    })
  }
  const needsPeople = [...turnTargets([]), ...fixed].some(
    ({ name, route }) => name.includes(only) && !isExtra(options, route),
  )
  for (let round = 0; round < rounds; round++) {
    const bookmarks = needsPeople ? await seedEverybody(world, round) : []
    const bug = world.logged.splice(0).find((line) => line.includes('"level":"error"'))
    if (bug !== undefined) failures.push({ name: 'the walk', route: '', message: bug })
    await world.signIn()
    const targets = [...turnTargets(bookmarks), ...fixed].filter(({ name }) => name.includes(only))
    const whole = targets.reduce((sum, { share }) => sum + share, 0)
    for (const target of targets) {
      const row = rows.get(target.name) ?? emptyRow(target)
      rows.set(target.name, row)
      const wanted = (runs * target.share * (round + 1)) / (whole * rounds)
      // A shot is one to four requests: what earlier rounds sent is counted.
      const shots = Math.ceil(
        (wanted - row.requests) / Math.max(1, row.requests / Math.max(1, row.shots)),
      )
      if (shots <= 0) continue
      const failure = await shoot(target, row, shots, seedOf(seed, round, target))
      if (failure !== null) failures.push(failure)
    }
    const heap = heapNow()
    if (heap !== null) heaps.push(heap)
  }
  const leak = leakIn(heaps)
  if (leak !== null) failures.push({ name: 'memory', route: '', message: leak })
  if (options.whole === true) {
    for (const step of stepsNotReached(world)) {
      failures.push({ name: step, route: '', message: 'no shot came to this step' })
    }
  }
  await world.close()
  return { rows: [...rows.values()], failures, heaps, reached: world.reached.size }
}

/** `npm run prove:fuzz`: prints what was found; true where every promise was kept. */
export async function proveFuzz(options: FuzzOptions): Promise<boolean> {
  const began = performance.now()
  const { rows, failures, heaps, reached } = await fuzz(options)
  printRows(rows)
  const requests = rows.reduce((sum, row) => sum + row.requests, 0)
  const mebibytes = heaps.map((bytes) => (bytes / 1024 / 1024).toFixed(0)).join(' ')
  console.log(`
  ${requests} requests to ${rows.length} targets, ${reached} steps of flows reached, seed ${options.seed}
  heap after each round, MiB: ${mebibytes || 'not measured (start node with --expose-gc)'}
  ${((performance.now() - began) / 1000).toFixed(0)} s`)
  printFailures(failures)
  console.log(
    failures.length === 0 ? '\n  every promise was kept\n' : `\n  ${failures.length} failures\n`,
  )
  return failures.length === 0
}

/** Another seed for each round and target, so that no two get the same shots. */
function seedOf(seed: number, round: number, { name }: Target): number {
  let sum = seed + round * 7919
  for (const letter of name) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0
  return sum
}

/** People in the middle of everything, and an office with something of each kind. */
async function seedEverybody(world: FuzzWorld, round: number): Promise<Bookmark[]> {
  await seedOffice(world, round)
  return findBookmarks(world, round)
}

function isExtra({ extra }: FuzzOptions, route: string): boolean {
  return extra?.targets.some((target) => target.route === route) === true
}

function emptyRow({ name, route }: Target): Row {
  return { name, route, shots: 0, requests: 0, statuses: new Map(), times: [] }
}

/** Routes of the application, and rules for whole areas, that nothing is sent to. */
function routesWithoutTarget(world: FuzzWorld, targets: readonly Target[]): string[] {
  const known = new Set(targets.map(({ route }) => route))
  const served = world.app.routes.map(({ method, path }) => `${method} ${path}`)
  return [...new Set([...served, ...consoleRouteNames(), ...apiRouteNames(world)])].filter(
    (route) => !known.has(route) && !isRuleOfPage(route, known),
  )
}

/** A rule for one page of the console; the page itself has its target. */
function isRuleOfPage(route: string, known: ReadonlySet<string>): boolean {
  return route.startsWith('ALL /console/') && known.has(route.replace('ALL', 'GET'))
}

function stepsNotReached(world: FuzzWorld): string[] {
  return flows
    .flatMap(({ id, steps }) =>
      Object.keys(steps).map((step) => ({
        name: `${id}.${step}`,
        passing: steps[step]?.passing === true,
      })),
    )
    .filter(
      ({ name, passing }) => !passing && !world.reached.has(name) && !NOT_IN_THIS_PACK.has(name),
    )
    .map(({ name }) => name)
}
