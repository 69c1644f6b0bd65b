/**
 * What we may still say to a person without a template. A message of theirs opens the one window, a
 * tap on the menu, a scan or a follow the other; each has messages of its own.
 * https://developers.weixin.qq.com/doc/service/guide/product/message/Service_Center_messages.html
 */
const WINDOWS = {
  message: { seconds: 48 * 3600, messages: 5 },
  tap: { seconds: 60, messages: 3 },
} as const

export type WindowKind = keyof typeof WINDOWS

/** What is known of one address: when each window was opened last, and what was sent in it since. */
export type WindowState = {
  /** ISO times; null: never. */
  messageAt: string | null
  messageSent: number
  tapAt: string | null
  tapSent: number
  /** When the person stopped following; null where they follow, or did so again later. */
  leftAt: string | null
}

export type Permission =
  | { open: true; window: WindowKind; until: string; left: number }
  | { open: false; why: 'left' | 'never' | 'expired' | 'spent' }

/** When a person was last heard, in words or by a tap; null: never. */
export function heardAt(state: WindowState | null): string | null {
  const times = [state?.messageAt, state?.tapAt].filter((at) => at != null)
  return times.sort().at(-1) ?? null
}

/**
 * May we write to this person now? The window that closes first is used first. `spent`: the number of
 * messages is used up, `expired`: the time is over; either ends with the person's next message.
 */
export function permissionOf(state: WindowState | null, now: string): Permission {
  if (state === null) return { open: false, why: 'never' }
  if (state.leftAt !== null) return { open: false, why: 'left' }
  const windows = [
    { window: 'tap' as const, at: state.tapAt, sent: state.tapSent },
    { window: 'message' as const, at: state.messageAt, sent: state.messageSent },
  ]
  if (windows.every(({ at }) => at === null)) return { open: false, why: 'never' }
  const running = windows.flatMap(({ window, at, sent }) => {
    const { seconds, messages } = WINDOWS[window]
    const ends = Date.parse(at ?? '') + seconds * 1000
    if (!(Date.parse(now) < ends)) return []
    return [{ window, until: new Date(ends).toISOString(), left: messages - sent }]
  })
  if (running.length === 0) return { open: false, why: 'expired' }
  const usable = running.find(({ left }) => left > 0)
  return usable === undefined ? { open: false, why: 'spent' } : { open: true, ...usable }
}
