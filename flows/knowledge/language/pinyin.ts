import { readingOf } from './reading.ts'

/**
 * How a character sounds, without tone and without the differences that south-western speech and
 * speech recognition blur: zh/z, ch/c, sh/s, n/l, f/h before u, final n/ng. One reading a character:
 * what matters is that the same sound gives the same syllable, not that it is the right one.
 */
export function syllable(char: string): string {
  let known = SYLLABLES.get(char)
  if (known === undefined) {
    known = blur(readingOf(char))
    SYLLABLES.set(char, known)
  }
  return known
}

/** A cache of a pure function, bounded by the number of Chinese characters. */
const SYLLABLES = new Map<string, string>()

/** A syllable as `syllable` writes it. */
export const blur = (sound: string) =>
  sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^l/, 'n')
    .replace(/^hu(?=$|[^a-z])/, 'fu')
    .replace(/([aei])ng$/, '$1n')
