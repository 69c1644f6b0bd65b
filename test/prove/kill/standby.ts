import cluster from 'node:cluster'
import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { installBreak } from '../breaks/install.ts'
import { isBreak } from '../breaks/list.ts'

/**
 * `node --import standby.ts src/node.ts`: loads the product's modules, then waits until it is told to begin and what
 * time it is; so the next server stands by while this one is under load. `BREAK` puts a seeded bug in.
 */
// A thread of the product is given this module too, and has nothing to wait for; nor has one of several processes, which
// the first begins once it was told to.
if (isMainThread) {
  const { BREAK: name } = process.env
  if (name !== undefined && isBreak(name)) installBreak(name)
  if (cluster.isWorker) shiftClock(Number(process.env.SHIFT))
  else await standBy()
}

async function standBy(): Promise<void> {
  await import('../../../src/platform/jsx.node.ts')
  await Promise.all([
    import('../../../src/app.ts'),
    import('../../../src/console-app.tsx'),
    import('../../../src/channels/create-channels.ts'),
    import('../../../src/create-deps.ts'),
    import('../../../src/kernel/prepare.ts'),
    import('../../../src/channels/start-gateway.node.ts'),
    import('../../../db/core/client.node.ts'),
  ])

  // Who is killed writes no cache at its end.
  flushCompileCache()
  const told = once(process, 'message')
  process.send?.('standing by')
  const [{ shift }] = (await told) as [{ shift: number }]
  process.disconnect()
  process.env.SHIFT = String(shift)
  shiftClock(shift)
}

function shiftClock(shift: number): void {
  const RealDate = globalThis.Date
  globalThis.Date = class extends RealDate {
    constructor(...given: ConstructorParameters<typeof RealDate>) {
      if ((given as unknown[]).length === 0) super(RealDate.now() + shift)
      else super(...given)
    }
    static override now() {
      return RealDate.now() + shift
    }
  } as DateConstructor
}
