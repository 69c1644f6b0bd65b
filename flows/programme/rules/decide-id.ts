import type { Answers } from './answers.ts'

/**
 * The name of a decision: FNV-1a of 64 bits over the pack's revision and the canonical answers, as
 * `d-` and 16 hexadecimal digits. Whoever has both can work it out again years later, on any
 * machine. It names a decision and guards nothing: it is no signature, and as answers are few it can
 * be guessed back to them, so it is no pseudonym of a person either.
 */
export function decideId(canonical: Answers, revision: string): string {
  const keys = Object.keys(canonical).sort()
  const text = JSON.stringify([revision, keys.map((key) => [key, canonical[key]])])
  return `d-${fnv1a64(text).toString(16).padStart(16, '0')}`
}

const OFFSET = 0xcbf29ce484222325n
const PRIME = 0x100000001b3n

function fnv1a64(text: string): bigint {
  return new TextEncoder()
    .encode(text)
    .reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME), OFFSET)
}
