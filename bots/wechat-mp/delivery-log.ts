import type { WindowKind, WindowState } from './window.ts'

/** What a delivery changes besides the conversation. */
export type DeliveryFact =
  /** The person wrote, or tapped, scanned or followed: a window opens. */
  | { kind: 'heard'; window: WindowKind }
  /** The person stopped following. */
  | { kind: 'left' }
  /** What the person answered when asked for subscription messages. */
  | { kind: 'consents'; answers: readonly { template: string; accepted: boolean }[] }
  /** The person switched subscription messages off. */
  | { kind: 'withdrawn'; templates: readonly string[] }

/**
 * What the official account remembers between requests, whoever keeps it. Every time is ISO.
 * A delivery is entered once: `signature` is its own, `openId` the person's, `at` when they acted.
 */
export type DeliveryLog = {
  /**
   * Enters a delivery that was signed well, with what it changes; a retry changes nothing.
   * `replayed`: it came before, and so long ago that it is no retry. `overtaken`: something that the
   * person did later has come earlier.
   */
  enter(delivery: {
    signature: string
    openId: string
    at: string
    facts: readonly DeliveryFact[]
  }): Promise<'entered' | 'overtaken' | 'replayed'>
  loadWindow(openId: string): Promise<WindowState | null>
  /** The same of what stood beside a row of the outbox. */
  readWindow(standing: string): WindowState
  /** WeChat says that a window is used up (`spent`), or closed altogether. */
  closeWindow(openId: string, why: 'spent' | 'expired'): Promise<void>
  /** Uses up a consent to one message of this template, or finds one that `lasts`; false: none is left. */
  takeCredit(openId: string, template: string, lasts: boolean): Promise<boolean>
  /** WeChat knows of no consent: ours are worth nothing. */
  dropCredits(openId: string, template: string): Promise<void>
}
