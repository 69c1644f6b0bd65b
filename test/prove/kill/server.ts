import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Clock } from './clock.ts'

/** So long what staff told waits to be sent, so that they can take it back. */
export const UNDO_SECONDS = 1

const root = new URL('../../..', import.meta.url)

/** A server that is killed and started again, always on the same port and data. */
export type Server = {
  port: number
  /** The process that runs; null between two lives. */
  pid: () => number | null
  /** The number of the life it is in, from 1. */
  life: () => number
  /** Resolves when a server answers, at once where one does. */
  up: () => Promise<void>
  /** Gives how long it took from the word to the first sign of life, in milliseconds. */
  start: () => Promise<number>
  /** SIGKILL, at once, of all its processes. */
  kill: () => Promise<void>
  /** SIGKILL of one of its several processes, the `nth`; the others go on, and it is started again. */
  killOne: (nth: number) => void
  /** SIGTERM; gives the exit code. */
  stop: () => Promise<number | null>
  /** Ends all that was started. */
  close: () => Promise<void>
}

/** The real `src/node.ts` as a process, or as several; the next one stands by with its modules loaded. */
export async function createServerUnderTest(options: {
  clock: Clock
  settings: Readonly<Record<string, string>>
  breakName: string | null
}): Promise<Server> {
  const port = await freePort()
  let lives = 0
  let running: ChildProcess | null = null
  let open = Promise.withResolvers<void>()
  open.promise.catch(() => {})

  const spawnOne = () => {
    const standby = new URL('./standby.ts', import.meta.url).href
    const { NODE_COMPILE_CACHE = '' } = process.env
    const child = spawn(process.execPath, ['--import', standby, 'src/node.ts'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE,
        UNDO_SECONDS: String(UNDO_SECONDS),
        ...options.settings,
        ...(options.breakName === null ? {} : { BREAK: options.breakName }),
        PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      // A group of its own, so that a kill meets all of its processes at once.
      detached: true,
    })
    return { child, ready: once(child, 'message') }
  }
  let next = spawnOne()

  const end = async (signal: NodeJS.Signals) => {
    const child = running
    if (child === null) return null
    running = null
    open = Promise.withResolvers<void>()
    const closed = once(child, 'exit')
    if (signal === 'SIGKILL') killGroup(child)
    else child.kill(signal)
    const [code] = (await closed) as [number | null]
    return code
  }

  return {
    port,
    pid: () => running?.pid ?? null,
    life: () => lives,
    up: () => open.promise,
    async start() {
      const { child, ready } = next
      await ready
      const told = performance.now()
      child.send({ shift: options.clock.shift() })
      await Promise.race([once(child.stdout ?? child, 'data'), failed(child)])
      child.stdout?.resume()
      lives++
      running = child
      next = spawnOne()
      next.ready.catch(() => {})
      open.resolve()
      return performance.now() - told
    },
    async kill() {
      await end('SIGKILL')
    },
    killOne(nth) {
      const pids = running?.pid === undefined ? [] : childrenOf(running.pid)
      const pid = pids[nth % pids.length]
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    stop: () => end('SIGTERM'),
    async close() {
      await end('SIGKILL')
      const gone = once(next.child, 'exit')
      killGroup(next.child)
      await gone
    },
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}

function childrenOf(pid: number): number[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return pids.split(' ').filter(Boolean).map(Number)
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`the server did not start: exit code ${code}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
