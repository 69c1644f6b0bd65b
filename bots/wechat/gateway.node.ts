import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { log, ScanStatus, type Wechaty, WechatyBuilder, type WechatyOptions } from 'wechaty'
import * as z from 'zod'
import { createAppClient } from './app-client.ts'
import { createContacts } from './contacts.node.ts'
import { createInbox } from './inbox.node.ts'
import { keepRunning } from './keep-running.ts'
import { createListener } from './listen.node.ts'
import { createOutbox } from './outbox.node.ts'
import type { SendPace } from './pace.ts'
import { openSendCounters } from './send-counters.node.ts'
import { createSender, type Login } from './sender.node.ts'
import { createWakeup } from './wakeup.ts'
import type { CreateQueue, GatewayState, Part } from './wire.ts'

const HEARTBEAT_SECONDS = 30
const WATCH_SECONDS = 15
/** A puppet that neither logs in nor shows a code within this time is started anew. */
const STUCK_SECONDS = 120
/** What came shortly before our start, or while we were away, is still waiting for an answer. */
const BEFORE_START_SECONDS = 300
const LONGEST_ABSENCE_SECONDS = 24 * 3600
/** A login of before is taken up within this time, or not at all. */
const STARTING_SECONDS = 60
/** A reply that the puppet refuses this often is given up; the person will ask again. */
const REPLY_TRIES = 3

export type GatewayOptions = {
  /** The app's address without a path, for example `https://chat.example.gov.cn`. */
  appUrl: string
  secret: string
  /** A puppet's npm name, or one that was made already. */
  puppet: WechatyOptions['puppet'] & {}
  puppetOptions?: { token?: string }
  /** Where the spool and the login are kept; holds personal data. */
  folder: string
  /** Messages a day over all people; later ones wait for the next day, answers do not. */
  dailyCap: number
  pace: SendPace
  /** True where contacts may be marked by a remark, so that they are known after the next login. */
  marks: boolean
  now: () => string
  random: () => number
  /** Makes a queue in which tasks of one key follow each other, and keys don't wait for each other. */
  createQueue: CreateQueue
  /** Told of each change: a QR code to scan, a login, a logout. */
  onState: (state: GatewayState) => void
}

export type Gateway = { state: () => GatewayState; stop: () => Promise<void> }

/**
 * Holds the login of a personal WeChat account and carries words between it and the app. Resolves once
 * the puppet is starting; what fails later is in the state and is tried again. Rejects where the puppet
 * is not installed.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { folder, now } = options
  // Its warnings name people. WECHATY_LOG, wechaty's own setting, still opens them for a search.
  if (log.level() === 'info') log.level('silent')
  const stopping = new AbortController()
  const { signal } = stopping
  const wakeup = createWakeup(signal)
  const pause = (seconds: number) => pauseUnless(signal, seconds)
  const counters = openSendCounters({ folder, now, newId: newNonce })
  const call = createAppClient({ ...options, newNonce })
  const problems = new Map<string, string>()
  const onProblem = (where: string, detail: string | null) => {
    const before = problemNow()
    if (detail === null) problems.delete(where)
    else problems.set(where, detail)
    if (isWhole && problemNow() !== before) tell()
  }
  const onError = (error: unknown) => onProblem('puppet', `the puppet reported ${kindOf(error)}`)
  const shown = { phase: 'starting' as GatewayState['phase'], since: now(), qr: '' }
  let changes = 0
  /** False while what the state is made of is being made. */
  let isWhole = false
  let lastMessageAt: string | null = null
  let login: Login | null = null

  const say = createSender({
    ...options,
    login: () => login,
    signal,
    pause,
    onSaid: counters.countSent,
    onStuck: (calls) =>
      onProblem('sending', calls === 0 ? null : `${calls} messages are neither sent nor refused`),
  })
  const shared = { folder, call, signal, pause, onProblem }
  const inbox = createInbox({ ...shared, createQueue: options.createQueue, reply })
  const outbox = createOutbox({
    ...shared,
    gateway: counters.gateway,
    say,
    now,
    leave: (underWay) => {
      if (login === null) return isStarting() ? 'soon' : 'logged-out'
      if (counters.sentToday() + underWay < options.dailyCap) return 'now'
      return { afterSeconds: counters.secondsLeftToday() }
    },
  })
  const listener = createListener({
    inbox,
    login: () => login,
    notBefore: notBefore(now(), counters.lastAliveAt),
    now,
    onHeard: () => {
      lastMessageAt = now()
    },
    onError,
  })

  const bot = WechatyBuilder.build({
    name: join(folder, 'login'),
    puppet: options.puppet,
    ...(options.puppetOptions === undefined ? {} : { puppetOptions: options.puppetOptions }),
  } as WechatyOptions)
  isWhole = true
  follow(bot)
  await bot.init()
  // Not the bot's own event: it comes when the sender is looked up, so that a friend's words overtake
  // those of a stranger.
  bot.puppet.on('message', ({ messageId }) => {
    void listener.hear(() => bot.Message.find({ id: messageId }))
  })
  const loops = { puppet: keepStarted, state: beat, inbound: inbox.run, outbound: outbox.run }
  const running = Object.entries(loops).map(([part, loop]) =>
    keepRunning(loop, {
      signal,
      pause,
      onFailed: (error) =>
        onProblem(`loop ${part}`, error === null ? null : `${part}: ${kindOf(error)}`),
    }),
  )

  return {
    state,
    async stop() {
      stopping.abort()
      await Promise.allSettled(running)
      enter('stopped')
      await heartbeat()
      await bot.stop()
    },
  }

  function follow(bot: Wechaty): void {
    bot.on('scan', (qr, status) => {
      // Other statuses tell of the same code on its way to a login.
      if (status === ScanStatus.Waiting) login = null
      if (login === null) enter('waiting-for-scan', qr)
    })
    bot.on('login', (self) => {
      // On a web puppet our own id is as new with each login as those of the contacts.
      const session = createHash('sha256').update(self.id).digest('hex').slice(0, 12)
      const { marks, random } = options
      login = { session, contacts: createContacts({ bot, session, marks, random }) }
      problems.delete('puppet')
      enter('logged-in')
    })
    bot.on('logout', () => {
      login = null
      enter('logged-out')
    })
    bot.on('friendship', (friendship) => void listener.befriend(friendship))
    bot.on('error', onError)
  }

  function isStarting(): boolean {
    return shown.phase === 'starting' && secondsInPhase() < STARTING_SECONDS
  }

  function secondsInPhase(): number {
    return (Date.parse(now()) - Date.parse(shown.since)) / 1000
  }

  /** A puppet that could not start, or that shows no new code after a logout, is started anew. */
  async function keepStarted(): Promise<void> {
    await bot.start()
    while (!signal.aborted) {
      await pause(WATCH_SECONDS)
      const isIdle = shown.phase === 'starting' || shown.phase === 'logged-out'
      if (signal.aborted || !isIdle || secondsInPhase() < STUCK_SECONDS) continue
      await bot.stop()
      await bot.start()
      shown.since = now()
    }
  }

  async function reply(to: string, part: Part): Promise<boolean> {
    for (let tries = 0; !signal.aborted; ) {
      if (login === null) {
        await pause(1)
        continue
      }
      const result = await say(to, part)
      if (result === 'stopped') return false
      if (result === 'in-doubt') return true
      if (result.ok) {
        onProblem('reply', null)
        return true
      }
      const isOver = result.failure !== 'unavailable' || ++tries >= REPLY_TRIES
      if (!isOver) continue
      onProblem('reply', `a reply was given up: ${result.detail}`)
      return true
    }
    return false
  }

  async function beat(): Promise<void> {
    while (!signal.aborted) {
      const told = changes
      await heartbeat()
      // A change that came while the app was being told of the last one is told at once.
      if (told === changes) await wakeup.wait(HEARTBEAT_SECONDS)
    }
  }

  async function heartbeat(): Promise<void> {
    counters.beat()
    const answer = await call({
      method: 'POST',
      path: '/webhooks/wechat/state',
      purpose: 'state',
      body: JSON.stringify({ gateway: counters.gateway, state: state() }),
      answer: z.object({}),
      seconds: 10,
    })
    onProblem('state', answer.ok ? null : answer.detail)
  }

  function enter(phase: GatewayState['phase'], qr = ''): void {
    if (shown.phase !== phase) shown.since = now()
    Object.assign(shown, { phase, qr })
    tell()
  }

  function tell(): void {
    changes++
    options.onState(state())
    wakeup.wake()
  }

  function problemNow(): string | null {
    return problems.size === 0 ? null : [...new Set(problems.values())].join('; ').slice(0, 300)
  }

  function state(): GatewayState {
    return {
      phase: shown.phase,
      puppet: String(typeof options.puppet === 'string' ? options.puppet : options.puppet.name()),
      ...(shown.qr === '' ? {} : { qr: shown.qr }),
      since: shown.since,
      lastMessageAt,
      waiting: { inbound: inbox.waiting(), outbound: outbox.waiting() },
      sentToday: counters.sentToday(),
      dailyCap: options.dailyCap,
      problem: problemNow(),
    }
  }
}

/** The oldest message that is still answered. */
function notBefore(start: string, lastAliveAt: string | null): string {
  const started = Date.parse(start)
  const away = lastAliveAt === null ? started : Date.parse(lastAliveAt)
  const oldest = Math.max(away, started - LONGEST_ABSENCE_SECONDS * 1000)
  return new Date(Math.min(oldest, started) - BEFORE_START_SECONDS * 1000).toISOString()
}

function pauseUnless(signal: AbortSignal, seconds: number): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    signal.addEventListener('abort', done)
  })
}

/** A puppet's words may hold a person's; the kind of an error, and the system's code, do not. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an error'
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? `${error.name} ${code}` : error.name
}

function newNonce(): string {
  return randomBytes(18).toString('base64url')
}
