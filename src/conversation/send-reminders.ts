import {
  type DueReminder,
  listDueReminders,
  type ReminderVerdict,
  reminderStatements,
} from '../../db/conversation/reminders.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import { NOTHING_OFFERED, type Offered } from '../../flows/engine/offered.ts'
import { LOCALES, type MessageKey } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { restFrom, restUntil } from '../outbox/quiet-hours.ts'
import { leftFlow, nextReminder } from './remind.ts'

/** People reminded in one commit, and commits of one sweep: a backlog is worked off in several sweeps. */
const BATCH = 50
const BATCHES = 10

/** What is said of a flow that was left half-way; every flow that `reminds` has its own words. */
const LEFT: Readonly<Record<string, MessageKey>> = {
  apply: 'reminder.apply',
  supplement: 'reminder.supplement',
  prescreen: 'reminder.prescreen',
}

/**
 * Reminds those who left a form half-way and have been silent for two and for seven days: by day, once
 * each, never who opted out. Any number of processes may do it at once. Resolves to the number enqueued.
 */
export async function sendReminders(deps: Deps): Promise<number> {
  let enqueued = 0
  for (let batch = 0; batch < BATCHES; batch++) {
    const due = await listDueReminders(deps.db, deps.vault, {
      programme: deps.programme,
      now: deps.now(),
      channels: [...deps.channels.keys()],
      limit: BATCH,
    })
    enqueued += await remindAll(deps, due)
    if (due.length < BATCH) break
  }
  if (enqueued > 0) deps.wake()
  return enqueued
}

async function remindAll(deps: Deps, due: readonly DueReminder[]): Promise<number> {
  if (due.length === 0) return 0
  const verdicts = due.map((one) => decide(deps, one))
  const statements = await Promise.all(
    due.map((one, index) => reminderStatements(deps.vault, one, verdicts[index] ?? { next: null })),
  )
  const results = await deps.db.write(statements.flat())
  let last = -1
  return statements.filter((group, index) => {
    last += group.length
    return verdicts[index]?.notice !== undefined && results[last]?.length === 1
  }).length
}

function decide(deps: Deps, due: DueReminder): ReminderVerdict {
  const at = deps.now()
  if (due.muted) return { next: null }
  const asleep = restUntil(at)
  if (asleep !== null) return { next: asleep }
  if (due.memory === null) {
    deps.log.warn('reminder-not-opened', { session: due.sessionId })
    return { next: nextReminder(1, at) }
  }
  const flow = leftFlow(due.memory.state)
  const left = flow === null ? undefined : LEFT[flow]
  if (flow === null || left === undefined) return { next: null }
  // What was begun here may have been handed in elsewhere.
  if (flow === 'apply' && due.hasCase) return { next: null }
  const next = nextReminder(due.sent + 1, at)
  return {
    next,
    notice: {
      flow,
      body: words(deps, due, [left, ...(next === null ? LAST : []), 'reminder.how'], flow),
      offered: alsoOffering(deps, due.memory.offered, flow),
      at,
      expiresAt: restFrom(at),
    },
  }
}

const LAST: readonly MessageKey[] = ['reminder.last']

function words(
  { translate }: Deps,
  { locale }: DueReminder,
  keys: readonly MessageKey[],
  flow: string,
): RenderedMessage {
  return {
    text: keys.map((key) => translate(locale, key)).join('\n\n'),
    quickReplies: [
      { value: `!${flow}`, label: translate(locale, 'reminder.continue') },
      { value: '!stop', label: translate(locale, 'reminder.stop') },
    ],
    // A typed number still answers the question that was left open.
    numbered: false,
  }
}

/** What was offered stays on offer, and the reminder's own words are understood when they are typed. */
function alsoOffering({ translate }: Deps, stored: unknown, flow: string): Offered {
  const offered = (stored as Offered | undefined) ?? NOTHING_OFFERED
  const more = LOCALES.map((locale) => ({
    value: `!${flow}`,
    label: translate(locale, 'reminder.continue'),
  }))
  const known = offered.replies.filter(({ label }) => more.every((reply) => reply.label !== label))
  return { ...offered, replies: [...known, ...more] }
}
