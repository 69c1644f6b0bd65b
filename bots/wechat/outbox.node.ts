import { join } from 'node:path'
import * as z from 'zod'
import type { CallApp } from './app-client.ts'
import type { Say } from './sender.node.ts'
import { openSpool } from './spool.node.ts'
import { createWakeup } from './wakeup.ts'
import { type Ack, Acks, HeldRow, OutboxAnswer } from './wire.ts'

/** Seconds that the app keeps a poll open while nothing is due. */
const WAIT_SECONDS = 25
const LONGEST_PAUSE_SECONDS = 60
/** More than these are not held at once: the pace is a few messages a minute. */
const ENOUGH = 20
const MOST_ACKS = 100
const ACK_SECONDS = 30
/** Rows of so many people are being said at once: one that the network does not end keeps nobody else back. */
const MOST_SAYING = 3

/** A row on its way to a person, then its result on its way to the app. */
const Entry = z.object({
  row: HeldRow,
  /** Parts that are said. */
  said: z.int(),
  /** True while a part is being said: after a crash, nobody knows whether it was. */
  saying: z.boolean(),
  result: Acks.shape.acks.element.shape.result.nullable(),
})
type Entry = z.infer<typeof Entry>

/** Whether we may speak: `soon`, while a login of before is being taken up; or after the day's cap. */
export type Leave = 'now' | 'soon' | 'logged-out' | { afterSeconds: number }

export type Outbox = {
  /** Fetches, says and reports until `signal` is aborted. */
  run: () => Promise<void>
  waiting: () => number
}

/**
 * What the app wants said later. A row is on disk before a word of it is said, and stays until the app
 * has its result: a gateway that is killed goes on where it was.
 */
export function createOutbox(options: {
  folder: string
  gateway: string
  call: CallApp
  say: Say
  /** `underWay`: other rows that are being said, which count as said. */
  leave: (underWay: number) => Leave
  now: () => string
  signal: AbortSignal
  pause: (seconds: number) => Promise<void>
  onProblem: (where: 'outbound' | 'outbox' | 'acks', detail: string | null) => void
}): Outbox {
  const { signal, call, pause, onProblem, gateway } = options
  const spool = openSpool(join(options.folder, 'out'), Entry)
  if (spool.unreadable > 0) onProblem('outbound', `${spool.unreadable} held rows could not be read`)
  const wakeup = createWakeup(signal)

  for (const [id, entry] of entries()) {
    if (entry.saying) settle(id, { ...entry, saying: false }, 'in-doubt')
  }

  return {
    run: async () => {
      await Promise.all([fetchRows(), sayRows(), report()])
    },
    waiting: () => spool.ids().length,
  }

  async function fetchRows(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const unsaid = countUnsaid()
      if (options.leave(0) !== 'now') {
        await pause(1)
        continue
      }
      const answer = await call({
        method: 'POST',
        path: '/webhooks/wechat/outbox',
        purpose: 'outbox',
        body: JSON.stringify({
          gateway,
          wait: unsaid > 0 ? 0 : WAIT_SECONDS,
          most: Math.max(0, ENOUGH - unsaid),
          held: spool.ids(),
        }),
        answer: OutboxAnswer,
        seconds: WAIT_SECONDS + 15,
        signal,
      })
      if (signal.aborted) return
      onProblem('outbox', answer.ok ? null : answer.detail)
      if (!answer.ok) {
        await pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
        continue
      }
      failures = 0
      for (const row of answer.value.rows) hold(row)
      wakeup.wake()
      if (countUnsaid() > 0) await wakeup.wait(5)
    }
  }

  /** What is said of a row that comes again is not said again: only what is left, and then the report. */
  function hold(row: HeldRow): void {
    const { said, saying } = spool.get(row.id) ?? { said: 0, saying: false }
    spool.put(row.id, { row, said, saying, result: null })
  }

  async function sayRows(): Promise<void> {
    const saying = new Map<string, Promise<void>>()
    while (!signal.aborted) {
      const next =
        saying.size < MOST_SAYING
          ? entries().find(([, { result, row }]) => result === null && !saying.has(row.to))
          : undefined
      if (next === undefined) {
        await (saying.size === 0
          ? wakeup.wait(5)
          : Promise.race([...saying.values(), wakeup.wait(5)]))
        continue
      }
      const [id, { row }] = next
      saying.set(
        row.to,
        sayRow(id, () => [...saying.keys()].filter((to) => to !== row.to).length).finally(() =>
          saying.delete(row.to),
        ),
      )
    }
    await Promise.allSettled(saying.values())
  }

  async function sayRow(id: string, others: () => number): Promise<void> {
    for (;;) {
      const entry = spool.get(id)
      if (entry === undefined) return
      const part = entry.row.parts[entry.said]
      if (part === undefined) return settle(id, entry, { ok: true, externalId: 'wechat' })
      if (entry.row.expiresAt < options.now()) return settle(id, entry, 'expired')
      const leave = options.leave(others())
      if (leave === 'soon') return pause(1)
      if (leave !== 'now') return settle(id, entry, refusal(leave))
      const result = await options.say(entry.row.to, part, () =>
        spool.put(id, { ...(spool.get(id) ?? entry), saying: true }),
      )
      if (result === 'stopped') return
      // It may have been claimed anew while it was being said.
      const now = spool.get(id) ?? entry
      if (result === 'in-doubt' || !result.ok) return settle(id, { ...now, saying: false }, result)
      spool.put(id, { ...now, said: now.said + 1, saying: false })
    }
  }

  function settle(id: string, entry: Entry, result: Ack['result']): void {
    spool.put(id, { ...entry, result })
    wakeup.wake()
  }

  async function report(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const acks = entries()
        .slice(0, MOST_ACKS)
        .flatMap(([id, { row, result }]) =>
          result === null ? [] : [{ id, attempt: row.attempt, result }],
        )
      if (acks.length === 0) {
        await wakeup.wait(5)
        continue
      }
      const answer = await call({
        method: 'POST',
        path: '/webhooks/wechat/outbox/acks',
        purpose: 'acks',
        body: JSON.stringify({ gateway, acks }),
        answer: z.object({}),
        seconds: ACK_SECONDS,
        signal,
      })
      if (answer.ok) for (const ack of acks) forget(ack)
      onProblem('acks', answer.ok ? null : answer.detail)
      if (answer.ok) failures = 0
      else {
        await pause(Math.min(LONGEST_PAUSE_SECONDS, 2 ** failures++))
      }
    }
  }

  /** Gone once the app has the result; but a row that was claimed anew meanwhile has a new one. */
  function forget({ id, attempt }: Ack): void {
    const entry = spool.get(id)
    if (entry?.result != null && entry.row.attempt === attempt) spool.remove(id)
  }

  function countUnsaid(): number {
    return entries().filter(([, { result }]) => result === null).length
  }

  function entries(): [string, Entry][] {
    return spool.ids().flatMap((id): [string, Entry][] => {
      const entry = spool.get(id)
      return entry === undefined ? [] : [[id, entry]]
    })
  }
}

function refusal(leave: Exclude<Leave, 'now' | 'soon'>): Ack['result'] {
  if (leave === 'logged-out') {
    return { ok: false, failure: 'unavailable', detail: 'the account is not logged in' }
  }
  const detail = 'the cap of the day is reached'
  return { ok: false, failure: 'throttled', retryAfter: leave.afterSeconds, detail }
}
