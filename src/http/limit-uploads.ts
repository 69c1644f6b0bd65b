import type { MiddlewareHandler } from 'hono'
import { countUntil } from '../../db/cases/lookup.ts'
import { localeOf } from '../../locales/keys.ts'
import type { Deps } from '../kernel/deps.ts'
import { isOwn, networkAddress, networkOf } from '../kernel/network-address.ts'

/** Bodies of files that are held in memory at once, in this process, and how many requests bring them. */
const AT_ONCE = { requests: 16, bytes: 64 * 1024 * 1024 }
/** What of it one network may take up, so that a script whose files never end leaves room for everybody else. */
const OF_ONE = { requests: 4, bytes: 24 * 1024 * 1024 }
/** What one network may bring in a day: a village hall with a hundred people and ten photos each. */
const A_DAY = { files: 1000, bytes: 2 * 1024 * 1024 * 1024 }
const DAY_SECONDS = 86_400
const ANYBODY = /^\/(webhooks\/web\/|plain$)/
/** Who finds no room tries again after so many seconds. */
const WAIT_SECONDS = 5

/**
 * Keeps the files that arrive within bounds, where a path takes more than `from` bytes: so many at once in this
 * process, so that many small requests cannot fill its memory with large bodies (503, `Retry-After`), a part of it for each
 * network, and so many files and bytes of one network in a day, counted in the database for all processes and
 * isolates (429). A body of unknown length counts as the largest of its path.
 */
export function limitUploads(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'translate'>,
  largest: (path: string) => number,
  { from, atOnce = AT_ONCE, ofOne = OF_ONE, aDay = A_DAY }: { from: number } & Partial<Bounds>,
): MiddlewareHandler {
  const open = { requests: 0, bytes: 0 }
  const shares = new Map<string, Held>()
  return async (c, next) => {
    const most = largest(c.req.path)
    if (most <= from || c.req.method !== 'POST') return next()
    const announced = Number(c.req.header('content-length') ?? Number.NaN)
    // A form that can bring a file, and brings words.
    if (c.req.path === '/plain' && announced <= from) return next()
    const bytes = Number.isFinite(announced) ? Math.min(announced, most) : most
    const say = (status: 429 | 503, seconds: number) => {
      c.header('Retry-After', String(seconds))
      const key = status === 429 ? 'web.tooManyFiles' : 'web.fullNow'
      const message = deps.translate(localeOf(c.req.header('accept-language')), key)
      return c.json({ error: status === 429 ? 'too-many' : 'busy', message }, status)
    }
    const address = networkAddress(c)
    // A gateway brings the files of all its people, and signs for them.
    const isOfMany = !ANYBODY.test(c.req.path) || address === null || isOwn(address)
    const network = isOfMany ? null : networkOf(address)
    if (network !== null) {
      const now = deps.now()
      const key = await deps.vault.index('upload-network', network)
      const window = { windowSeconds: DAY_SECONDS }
      const until = await countUntil(deps.db, now, [
        { ...window, key: `${key}:files`, limit: aDay.files },
        { ...window, key: `${key}:bytes`, limit: aDay.bytes, weight: bytes },
      ])
      if (until !== null) {
        return say(429, Math.max(1, Math.ceil((Date.parse(until) - Date.parse(now)) / 1000)))
      }
    }
    const share = shares.get(network ?? '') ?? { requests: 0, bytes: 0 }
    const isFull = (held: Held, most: Held) =>
      held.requests >= most.requests || held.bytes + bytes > most.bytes
    if (isFull(open, atOnce) || (network !== null && isFull(share, ofOne))) {
      return say(503, WAIT_SECONDS)
    }
    shares.set(network ?? '', share)
    const held = [open, share]
    for (const one of held) {
      one.requests += 1
      one.bytes += bytes
    }
    try {
      await next()
    } finally {
      for (const one of held) {
        one.requests -= 1
        one.bytes -= bytes
      }
      if (share.requests === 0) shares.delete(network ?? '')
    }
    return undefined
  }
}

type Held = { requests: number; bytes: number }
type Bounds = {
  atOnce: Held
  ofOne: Held
  aDay: { files: number; bytes: number }
}
