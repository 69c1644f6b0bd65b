import { setTimeout as pause } from 'node:timers/promises'
import { OutboxAnswer } from '../../../bots/wechat/wire.ts'
import type { Violation } from '../figures.ts'
import type { Client } from './client.ts'
import type { Clock } from './clock.ts'
import { signed } from './networks.ts'

const GATEWAY = 'gateway-of-the-proof'
const STATE = {
  phase: 'logged-in',
  puppet: 'wechaty-puppet-mock',
  lastMessageAt: null,
  problem: null,
  waiting: { inbound: 0, outbound: 0 },
  sentToday: 0,
  dailyCap: 200,
}

/** What a gateway that never dies said to people, by row. */
export type GatewayLog = {
  said: { to: string; text: string; row: string }[]
  /** Rows that are said and not yet reported. */
  held: () => number
}

/**
 * Fetches rows, says them and reports, as bots/wechat/gateway.node.ts does, until `isOver`. Each claim of a
 * row is said once; a row that comes again after its report was taken is a violation.
 */
export function startGateway(options: {
  client: Client
  clock: Clock
  violations: Violation[]
  isOver: () => boolean
}): { log: GatewayLog; done: Promise<void> } {
  const { client, clock, violations, isOver } = options
  const reports = new Map<string, { id: string; attempt: number }>()
  const reported = new Set<string>()
  const log: GatewayLog = { said: [], held: () => reports.size }
  let beats = 0

  const round = async () => {
    if (beats++ % 40 === 0) {
      const state = { ...STATE, since: clock.iso() }
      await client.once(
        await signed(clock, 'state', '/webhooks/wechat/state', { gateway: GATEWAY, state }),
      )
    }
    const acks = [...reports.values()].map((one) => ({
      ...one,
      result: { ok: true, externalId: 'wechat' },
    }))
    if (acks.length > 0) {
      const body = { gateway: GATEWAY, acks }
      const taken = await client.once(
        await signed(clock, 'acks', '/webhooks/wechat/outbox/acks', body),
      )
      if (taken?.status !== 200) return
      for (const { id } of acks) {
        reports.delete(id)
        reported.add(id)
      }
    }
    const poll = { gateway: GATEWAY, wait: 0, most: 10, held: [...reports.keys()] }
    const answer = await client.once(await signed(clock, 'outbox', '/webhooks/wechat/outbox', poll))
    if (answer?.status !== 200) return
    for (const { id, attempt, to, parts } of OutboxAnswer.parse(JSON.parse(answer.text)).rows) {
      if (reported.has(id) || reports.has(id)) {
        violations.push({ name: 'notice-twice', detail: `the gateway was given ${id} again` })
      }
      reports.set(id, { id, attempt })
      const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
      log.said.push({ to, text, row: id })
    }
  }

  const done = (async () => {
    while (!isOver()) {
      await round()
      await pause(60)
    }
  })()
  return { log, done }
}
