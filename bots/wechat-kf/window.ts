import type { KfPerson } from './store.ts'

const WINDOW_SECONDS = 48 * 3600
const WINDOW_MESSAGES = 5

/**
 * How many messages may go to this person now: five follow each of theirs, within 48 hours.
 * https://developer.work.weixin.qq.com/document/path/96427
 */
export function permissionOf(
  person: KfPerson | null,
  now: string,
): { open: true; left: number } | { open: false; why: 'never' | 'expired' | 'spent' } {
  if (person === null || person.heardAt === null) return { open: false, why: 'never' }
  const ends = Date.parse(person.heardAt) + WINDOW_SECONDS * 1000
  if (!(Date.parse(now) < ends)) return { open: false, why: 'expired' }
  const left = WINDOW_MESSAGES - person.sent
  return left > 0 ? { open: true, left } : { open: false, why: 'spent' }
}
