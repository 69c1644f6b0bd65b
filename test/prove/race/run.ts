import fc from 'fast-check'
import { compare } from './compare.ts'
import { plan } from './plan.ts'
import { play, prepare } from './play.ts'
import { createRaceWorld, PATIENCE_SECONDS } from './world.ts'

export type RaceFigures = {
  interleavings: number
  /** Of them, no two alike. */
  distinct: number
  deliveries: number
  steps: number
  refused: number
  late: number
  /** A shrunk counterexample with its seed and path, in words; null: there is none. */
  failure: string | null
}

/** Plays so many interleavings; each is the same for the same seed and path. */
export async function race(options: {
  runs: number
  seed: number
  path?: string | undefined
}): Promise<RaceFigures> {
  const world = await createRaceWorld()
  const figures = { interleavings: 0, deliveries: 0, steps: 0, refused: 0, late: 0 }
  const orders = new Set<string>()
  let run = 0
  const property = fc.asyncProperty(plan, fc.scheduler(), async (planned, scheduler) => {
    const people = await prepare(world, planned, ++run)
    const order: string[] = []
    const step = async (what: string) => {
      await scheduler.schedule(Promise.resolve(), what)
      order.push(what)
    }
    world.gateBy(step)
    const giveBack = takeTimers(() => step('the network hangs up'))
    try {
      const played = await scheduler.waitFor(play(world, planned, people))
      figures.interleavings++
      figures.steps += order.length
      orders.add(JSON.stringify([planned, order]))
      figures.deliveries += played.deliveries
      figures.refused += played.refused
      figures.late += played.late
      giveBack()
      world.gateBy(null)
      const wrong = await compare(world, played)
      if (wrong !== null) throw new Error(wrong)
    } finally {
      giveBack()
      world.gateBy(null)
    }
  })
  const { runs: numRuns, seed, path } = options
  const result = await fc.check(property, {
    numRuns,
    seed,
    includeErrorInReport: true,
    ...(path === undefined ? {} : { path }),
  })
  await world.close()
  const failure = result.failed ? await fc.asyncDefaultReportMessage(result) : null
  return { ...figures, distinct: orders.size, failure: failure ?? null }
}

/** The moment at which a network hangs up is the scheduler's affair too; all other timers are left alone. */
function takeTimers(step: () => Promise<unknown>): () => void {
  const { setTimeout: real, clearTimeout: clear } = globalThis
  const cleared = new Set<unknown>()
  globalThis.setTimeout = ((run: () => void, milliseconds?: number, ...args: unknown[]) => {
    if (milliseconds !== PATIENCE_SECONDS * 1000) return real(run, milliseconds, ...args)
    const timer = {}
    void step().then(() => {
      if (!cleared.has(timer)) run()
    })
    return timer
  }) as typeof setTimeout
  globalThis.clearTimeout = ((timer: Parameters<typeof clear>[0]) => {
    if (timer !== null && typeof timer === 'object') cleared.add(timer)
    clear(timer)
  }) as typeof clearTimeout
  return () => {
    globalThis.setTimeout = real
    globalThis.clearTimeout = clear
  }
}
