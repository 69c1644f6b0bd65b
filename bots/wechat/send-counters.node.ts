import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { CHINA_MS } from '../../flows/programme/china-time.ts'
import { writeDurably } from './spool.node.ts'

const FILE = 'ledger.json'

const Book = z.object({
  gateway: z.string(),
  day: z.string(),
  sent: z.int(),
  aliveAt: z.iso.datetime().nullable(),
})

/** What a gateway knows of itself from one start to the next. */
export type SendCounters = {
  /** The name of this gateway, made at its first start. */
  gateway: string
  /** When it was last alive before this start, or null. */
  lastAliveAt: string | null
  sentToday: () => number
  countSent: () => void
  /** Notes that we are alive. */
  beat: () => void
  /** Seconds until the day ends and the count with it. */
  secondsLeftToday: () => number
}

/** Opens the ledger in the gateway's folder. A day is one of UTC+8, where the account's people live. */
export function openSendCounters(options: {
  folder: string
  now: () => string
  newId: () => string
}): SendCounters {
  const { folder, now } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const book = read(join(folder, FILE)) ?? {
    gateway: options.newId(),
    day: dayOf(now()),
    sent: 0,
    aliveAt: null,
  }
  const lastAliveAt = book.aliveAt
  const write = () => writeDurably(folder, FILE, JSON.stringify(book))
  write()
  const turnPage = () => {
    if (book.day === dayOf(now())) return
    book.day = dayOf(now())
    book.sent = 0
  }

  return {
    gateway: book.gateway,
    lastAliveAt,
    sentToday() {
      turnPage()
      return book.sent
    },
    countSent() {
      turnPage()
      book.sent++
      write()
    },
    beat() {
      book.aliveAt = now()
      write()
    },
    secondsLeftToday: () => 86_400 - (Math.floor((Date.parse(now()) + CHINA_MS) / 1000) % 86_400),
  }
}

function dayOf(now: string): string {
  return new Date(Date.parse(now) + CHINA_MS).toISOString().slice(0, 10)
}

function read(path: string): z.infer<typeof Book> | null {
  try {
    const book = Book.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return book.success ? book.data : null
  } catch {
    return null
  }
}
