import { chinaDay } from '../../../flows/programme/china-time.ts'
import type { Deps } from '../../kernel/deps.ts'

/** Without letters that are read as others. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A receipt: `SJ-20181123-K7QPXM`. Unguessable, and says nothing of whom it is. */
export function newReceipt({ newId }: Pick<Deps, 'newId'>, at: string): string {
  const code = [...newId().slice(-6)].map(
    (character) => LETTERS[character.charCodeAt(0) % LETTERS.length],
  )
  return `SJ-${chinaDay(at).replaceAll('-', '')}-${code.join('')}`
}
