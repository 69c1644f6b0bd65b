import type { Danger } from '../engine/options.ts'
import { normaliseForm } from '../knowledge/language/normalise.ts'
import { BRIBERY, DISTRESS, EMERGENCY, MINOR, NOT_A_LIFE, SCAM, THREAT } from './danger-patterns.ts'

/**
 * Hears, by pattern and before anything is looked up, what must not be met with a clause: a life in danger, violence,
 * corruption, a swindle, a child. Null for all else. No likeness is used: a pattern too few is found in a list of misses, a
 * pattern too many tells somebody whose firm is failing to call a hotline.
 */
export function dangerIn(text: string): Danger | null {
  const said = normaliseForm(text).replace(NOT_A_LIFE, '')
  const found = KINDS.find(([, patterns]) => patterns.some((pattern) => pattern.test(said)))
  return found === undefined ? null : found[0]
}

/** The first that fits is heard: a life before all else. */
const KINDS: readonly (readonly [Danger, readonly RegExp[]])[] = [
  [{ opens: '!service:distress', urgent: 'distress', always: true, goesOn: false }, DISTRESS],
  [{ opens: '!service:emergency', always: true, goesOn: false }, EMERGENCY],
  [{ opens: '!service:threat', urgent: 'threat', always: true, goesOn: false }, THREAT],
  [{ opens: '!service:scam', always: false, goesOn: true }, SCAM],
  [{ opens: '!service:tip-off', always: false, yields: true, goesOn: true }, BRIBERY],
  [{ opens: '!service:minor', always: false, goesOn: true }, MINOR],
]
