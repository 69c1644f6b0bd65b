/** What a notice is about. A reply belongs to a turn and has no kind. Closed, and each says how it is treated. */
export const NOTICE_KINDS = {
  /** What staff answer to somebody who asked, and the end of that conversation. */
  answer: { priority: 0, quiet: false, mute: 'never', unsure: 'again' },
  /** News of the person's own application. */
  case: { priority: 1, quiet: true, mute: 'stop', unsure: 'again' },
  /** The person's own e-vouchers: issued, about to end, redeemed. The code stays the same, however often it is sent. */
  voucher: { priority: 1, quiet: true, mute: 'stop', unsure: 'again' },
  /** What staff write to one person without having been asked. */
  staff: { priority: 1, quiet: true, mute: 'stop', unsure: 'again' },
  /** What was left half-way. */
  reminder: { priority: 2, quiet: true, mute: 'own', unsure: 'again' },
  /** An event that the person signed up for, or asked to hear of. */
  event: { priority: 2, quiet: true, mute: 'own', unsure: 'again' },
  /** A broadcast to many. */
  campaign: { priority: 3, quiet: true, mute: 'own', unsure: 'staff' },
} as const satisfies Record<string, NoticePolicy>

export type NoticeKind = keyof typeof NOTICE_KINDS

/** How notices of a kind are treated. */
type NoticePolicy = {
  /** What is smaller goes first: a hundred thousand broadcasts do not hold up an answer. */
  priority: 0 | 1 | 2 | 3
  /** Whether it waits for the morning (src/outbox/quiet-hours.ts). */
  quiet: boolean
  /** How a person is rid of it. own: it can be switched off alone · stop: only with all notices · never: it was asked for. */
  mute: 'own' | 'stop' | 'never'
  /** What is done where nobody knows whether it arrived. again: sent again, which does no harm · staff: they decide. */
  unsure: 'again' | 'staff'
}

/** The kinds that a person may switch off alone, in the order of the settings. */
export const MUTABLE_KINDS = ['reminder', 'event', 'campaign'] as const
export type MutableKind = (typeof MUTABLE_KINDS)[number]
