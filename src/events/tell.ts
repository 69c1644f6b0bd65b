import type { Statement } from '../../db/core/database.ts'
import {
  type DueEventNotice,
  EVENT_NOTICES,
  type EventNotice,
  eventNoticeId,
  listDueEventNotices,
  noteTold,
  withdrawReminders,
} from '../../db/events/notices.ts'
import { dropOldHolds, moveUp } from '../../db/events/places.ts'
import { enqueue } from '../../db/outbox/outbox.ts'
import type { RenderedMessage } from '../../flows/engine/channel.ts'
import type { MessageKey } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { showSpan } from '../kernel/when.ts'

/** People told in one commit, and commits of one sweep for each kind: a crowd is told in several sweeps. */
const BATCH = 50
const BATCHES = 20
/** For how long after an event an answer to how it was is of use. */
const ASK_MS = 3 * 86_400_000

/** The words of a notice, and what can be done at one tap. */
const WORDS: Readonly<
  Record<EventNotice, { key: MessageKey; taps: readonly ('one' | 'leave' | 'rate')[] }>
> = {
  changed: { key: 'events.noticeChanged', taps: ['one', 'leave'] },
  'moved-up': { key: 'events.noticeMovedUp', taps: ['one', 'leave'] },
  day: { key: 'events.noticeDay', taps: ['leave', 'one'] },
  hours: { key: 'events.noticeHours', taps: ['leave', 'one'] },
  ask: { key: 'events.noticeAsk', taps: ['rate'] },
}
const TAPS = {
  one: 'events.details',
  leave: 'events.cannotCome',
  rate: 'events.tellUs',
} as const satisfies Record<string, MessageKey>

/**
 * Gives places that came free to who waits, and tells those who signed up what they should know: that an
 * event changed, that it is their turn, a day and two hours before, and after it how it was. Once each,
 * however many processes do it at once. Resolves to the number of notices enqueued.
 */
export async function tellOfEvents(deps: Deps): Promise<number> {
  await deps.db.write([dropOldHolds(deps.now()), moveUp(deps.now())])
  let enqueued = 0
  for (const notice of EVENT_NOTICES) {
    for (let batch = 0; batch < BATCHES; batch++) {
      const due = await listDueEventNotices(deps.db, {
        notice,
        programme: deps.programme,
        now: deps.now(),
        limit: BATCH,
      })
      enqueued += await tellAll(deps, due)
      if (due.length < BATCH) break
    }
  }
  if (enqueued > 0) deps.wake()
  return enqueued
}

async function tellAll(deps: Deps, due: readonly DueEventNotice[]): Promise<number> {
  if (due.length === 0) return 0
  const groups = await Promise.all(due.map((one) => statementsOf(deps, one)))
  const results = await deps.db.write(groups.flat())
  let last = -1
  return groups.filter((group, index) => {
    last += group.length
    return due[index]?.to != null && results[last]?.length === 1
  }).length
}

async function statementsOf(deps: Deps, due: DueEventNotice): Promise<Statement[]> {
  const at = deps.now()
  const { onlyIf, statement } = noteTold(due, at)
  const { to, notice, signupId, endsAt, startsAt } = due
  return [
    ...(notice === 'changed' ? [withdrawReminders(at, { signupId })] : []),
    ...(to === null
      ? []
      : [
          await enqueue(deps.vault, {
            id: eventNoticeId(due),
            to,
            origin: 'notice',
            kind: 'event',
            template: `event.${notice === 'changed' && due.cancelled ? 'cancelled' : notice}`,
            body: wordsOf(deps, due),
            at,
            onlyIf,
            expiresAt:
              notice === 'ask'
                ? new Date(Date.parse(endsAt) + ASK_MS).toISOString()
                : notice === 'changed'
                  ? endsAt
                  : startsAt > at
                    ? startsAt
                    : endsAt,
          }),
        ]),
    statement,
  ]
}

function wordsOf({ translate }: Deps, due: DueEventNotice): RenderedMessage {
  const { notice, locale, title, place, startsAt, endsAt, eventId, number, cancelled } = due
  const called = notice === 'changed' && cancelled
  const { key, taps } = called
    ? { key: 'events.noticeCancelled' as const, taps: [] }
    : WORDS[notice]
  const params = {
    title: title[locale],
    place: place[locale],
    number,
    when: showSpan(startsAt, endsAt, locale),
  }
  return {
    text: `${translate(locale, key, params)}\n\n${translate(locale, 'events.muteHow')}`,
    quickReplies: [
      ...taps.map((tap) => ({
        value: `!events:${tap}-${eventId}`,
        label: translate(locale, TAPS[tap]),
      })),
      ...(called ? [{ value: '!events', label: translate(locale, 'events.list') }] : []),
    ],
    // A typed number still answers the question that is open in the chat.
    numbered: false,
  }
}
