import type { Address } from '../../flows/engine/types.ts'
import type { Database, Statement } from '../core/database.ts'

/** The memory of a conversation as this process wrote it last: JSON, of this version and no other. */
export type Shelved = { sessionId: string; version: number; text: string }

/** What a process keeps at most, in bytes of memory; a character may take two. */
const MOST_BYTES = 16 * 2 ** 20
/** What an entry takes beside its text, about. */
const ENTRY_BYTES = 300
/** Who has been silent for so long is read anew. */
const KEPT_MILLISECONDS = 30 * 60_000

/**
 * Memories that this process wrote last, so that they are neither read nor opened again while that is true: the version,
 * which every change of a memory raises, is looked at in the turn's own read and decides. A batch that touches
 * conversations in any other way (erasure, unlinking, joining, reminders, keys, retention) clears the shelf at once.
 */
export type MemoryShelf = {
  find(of: Address): Shelved | undefined
  /** Keeps what was written, unless the shelf was cleared since `began` (`edition` at that time). */
  keep(of: Address, one: Shelved, began: number): void
  drop(of: Address): void
  clear(): void
  /** How often it was cleared. */
  readonly edition: number
  /** How many memories are on it, and what they take. */
  readonly size: { entries: number; bytes: number }
}

/** An empty shelf. `most`: bytes. */
export function createMemoryShelf(most = MOST_BYTES, clock: () => number = Date.now): MemoryShelf {
  const kept = new Map<string, Shelved & { at: number }>()
  let bytes = 0
  let edition = 0
  const keyOf = ({ channel, id }: Address) => `${channel}:${id}`
  const take = (key: string) => {
    const one = kept.get(key)
    if (one === undefined) return
    kept.delete(key)
    bytes -= bytesOf(one)
  }
  return {
    find: (of) => kept.get(keyOf(of)),
    keep(of, { sessionId, version, text }, began) {
      if (began !== edition) return
      const key = keyOf(of)
      const now = clock()
      take(key)
      const one = { sessionId, version, text, at: now }
      kept.set(key, one)
      bytes += bytesOf(one)
      for (const [oldest, { at }] of kept) {
        if (bytes <= most && now - at < KEPT_MILLISECONDS) break
        take(oldest)
      }
    },
    drop: (of) => take(keyOf(of)),
    clear() {
      kept.clear()
      bytes = 0
      edition += 1
    },
    get edition() {
      return edition
    },
    get size() {
      return { entries: kept.size, bytes }
    },
  }
}

function bytesOf({ text }: Pick<Shelved, 'text'>): number {
  return text.length * 2 + ENTRY_BYTES
}

const shelves = new WeakMap<Database, MemoryShelf>()

/** A database with a shelf beside it; `cleared` hears when the shelves of other processes are to be cleared, too. */
export function withMemoryShelf(
  db: Database,
  cleared: () => void = () => {},
  shelf: MemoryShelf = createMemoryShelf(),
): Database {
  const shelved: Database = {
    read: (statements) => db.read(statements),
    async write(statements, options) {
      const rows = await db.write(statements, options)
      if (statements.some(touchesConversations)) {
        shelf.clear()
        cleared()
      }
      return rows
    },
    close: () => db.close(),
  }
  shelves.set(shelved, shelf)
  return shelved
}

/** The shelf beside a database; undefined where it has none. */
export function shelfOf(db: Database): MemoryShelf | undefined {
  return shelves.get(db)
}

/** The turn's own statements about a conversation, which shelve what they write. */
const OWN = new Set<string>()

/** Names a statement as the turn's own. */
export function asOwn(sql: string): string {
  OWN.add(sql)
  return sql
}

/** By hand, or as the query builder writes names. */
const WRITES = /\b(?:(?:INTO|UPDATE|DELETE FROM)\s+"?sessions|DELETE FROM\s+"?contacts)\b/i

function touchesConversations({ sql }: Statement): boolean {
  return !OWN.has(sql) && WRITES.test(sql)
}
