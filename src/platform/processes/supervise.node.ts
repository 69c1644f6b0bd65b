import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import type { Note } from './note.ts'

const PROGRAM = fileURLToPath(new URL('../../node.ts', import.meta.url))
/** A process that ended by itself is started again after a second, then after ever more, up to half a minute. */
const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000
/** One that ran so long has done well, and the pauses begin anew. */
const WELL = 60_000
/** Who does not stop when told to is ended. */
const STOP_MILLISECONDS = 10_000

/** What the first process says of the server. */
export type Opened = { url: string; adminLink: string | null }

/**
 * Runs the server in several processes on one port, and passes their notes on; it knows nobody and no database. The
 * first process makes the database and does what one alone does (chores, polling, the gateway), so that the others
 * follow when it is open. Who ends is started again. Resolves, once all are open, to what the first said; rejects where
 * it cannot start.
 */
export async function superviseProcesses(
  count: number,
): Promise<Opened & { stop: () => Promise<void> }> {
  cluster.setupPrimary({ exec: PROGRAM, args: [], serialization: 'advanced' })
  /** Those that are open, by their index. */
  const open = new Map<number, Worker>()
  const running = new Set<Worker>()
  let isStopping = false

  const tell = (index: number, note: Note) => {
    const worker = open.get(index)
    if (worker?.isConnected() === true) worker.send(note, undefined, () => {})
    else if (note.kind === 'take') tell(note.from, { kind: 'left', from: index })
  }

  const start = (index: number, pause: number, onOpen: (opened: Opened) => void) => {
    const began = Date.now()
    const worker = cluster.fork({ WEIQITONG_PROCESS: `${index}/${count}` })
    running.add(worker)
    worker.on('message', (note: Note | { kind: 'open'; opened: Opened }) => {
      if (note.kind === 'open') {
        open.set(index, worker)
        onOpen(note.opened)
      } else if (note.kind === 'news' || note.kind === 'forgot') {
        for (const other of open.keys()) if (other !== index) tell(other, note)
      } else if (note.kind !== 'left') tell(note.to, note)
    })
    worker.once('exit', () => {
      running.delete(worker)
      if (open.get(index) === worker) open.delete(index)
      for (const other of open.keys()) tell(other, { kind: 'left', from: index })
      if (isStopping) return
      const next = Date.now() - began > WELL ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
      setTimeout(() => isStopping || start(index, next, onOpen), pause)
    })
    return worker
  }

  const opened = await new Promise<Opened>((resolve, reject) => {
    const first = start(0, FIRST_PAUSE, resolve)
    // What hinders the first start, it has said itself.
    first.once('exit', () => {
      if (open.size > 0) return
      isStopping = true
      reject(new NotStarted())
    })
  })
  const others = Array.from({ length: count - 1 }, (_, index) => {
    return new Promise<Opened>((resolve) => start(index + 1, FIRST_PAUSE, resolve))
  })
  await Promise.all(others)

  return {
    ...opened,
    async stop() {
      isStopping = true
      const gone = [...running].map(
        (worker) => new Promise((resolve) => worker.once('exit', resolve)),
      )
      for (const { process } of running) process.kill('SIGTERM')
      const late = setTimeout(() => {
        for (const { process } of running) process.kill('SIGKILL')
      }, STOP_MILLISECONDS)
      await Promise.all(gone)
      clearTimeout(late)
    },
  }
}

/** The first process did not start, and has said why. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted'
}
