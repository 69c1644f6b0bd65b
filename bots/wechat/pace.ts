/** A gentle pace, in milliseconds. No network publishes numbers: these are as slow as a person types. */
export type SendPace = {
  /** Before every message. */
  least: number
  /** For each character that is "typed". */
  perCharacter: number
  /** Never longer than this. */
  most: number
}

export const GENTLE: SendPace = { least: 1200, perCharacter: 15, most: 6000 }

/** How long to wait before a message of `length` characters; `random` from 0 to below 1 makes it uneven. */
export function pauseBefore(length: number, pace: SendPace, random: number): number {
  const typing = pace.least + length * pace.perCharacter
  return Math.round(Math.min(pace.most, typing) * (0.75 + random / 2))
}
