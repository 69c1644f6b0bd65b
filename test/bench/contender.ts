import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Libsql from 'libsql'
import { type Conversation, createLoad } from './load.ts'

/** A bot that takes part: a program that listens on PORT and stores in DB_PATH. */
export type Contender = {
  name: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string
  path: string
  headers?: Readonly<Record<string, string>>
  open: (person: number) => Conversation
  /** The first update's id; 1 where it is not given. */
  firstUpdate?: number
  /** Counts what was handed in, which must be what was finished. */
  count?: string
}

export const SECRET = 'a-webhook-secret-for-benchmarks'
/** The product as it is started, asked over Telegram's webhook. */
export const OURS = {
  name: 'weiqitong',
  args: ['src/node.ts'],
  path: '/webhooks/telegram',
  headers: { 'x-telegram-bot-api-secret-token': SECRET },
  env: {
    LOG: 'off',
    TELEGRAM_BOT_TOKEN: '1:benchmark',
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    PUBLIC_URL: 'https://bench.test',
    PERSONAL_DATA_CHANNELS: 'web,terminal,telegram',
  },
}

/** Starts a contender, and readies the load on it; `stop` kills it hard and counts what it stored. */
export async function startContender(
  contender: Contender,
  world: { botApi: string; database: string },
) {
  const { botApi, database } = world
  const port = await freePort()
  const child = spawn(process.execPath, contender.args, {
    cwd: contender.cwd,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      BOT_API_ROOT: botApi,
      BOT_TOKEN: '1:benchmark',
      TELEGRAM_API_ROOT: botApi,
      PORT: String(port),
      DB_PATH: database,
      DATABASE_URL: `file:${database}`,
      ...contender.env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  endWithUs(child)
  const closed = once(child, 'close')
  await listening(port, child)
  const load = createLoad({
    port,
    pid: child.pid ?? 0,
    path: contender.path,
    headers: contender.headers ?? {},
    open: contender.open,
    firstUpdate: contender.firstUpdate ?? 1,
    people: 200,
    connections: 64,
  })
  return {
    run: load.run,
    stop: async () => {
      const finished = load.close()
      // A profile is written by a process that leaves by itself.
      child.kill(contender.args.includes('--cpu-prof') ? 'SIGTERM' : 'SIGKILL')
      await closed
      const stored = contender.count === undefined ? null : count(database, contender.count)
      return { finished, stored }
    },
  }
}

/** The middle one of some figures. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

function count(database: string, sql: string): number {
  const db = new Libsql(database)
  const row = db.prepare(sql).raw().get() as [number]
  db.close()
  return row[0]
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** No process of a bench outlives it, however it ends. */
export function endWithUs(child: ChildProcess): void {
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('close', () => process.off('exit', kill))
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error('the contender did not start')
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      }).on('error', () => resolve(false))
    })
    if (open) return
    await pause(25)
  }
  throw new Error(`nothing listens on ${port}`)
}
