import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'

/** Ids that are remembered after their entry is gone. */
const REMEMBERED = 5000

/** Entries on disk, in the order of their coming. What `put` returned from survives a power cut. */
export type Spool<Entry> = {
  put: (id: string, entry: Entry) => void
  get: (id: string) => Entry | undefined
  /** All ids, oldest first. */
  ids: () => string[]
  remove: (id: string) => void
  /** Takes an entry out of the way for staff to look at. */
  setAside: (id: string) => void
}

/** Opens a folder as a spool. Files that hold no entry are set aside, and counted. */
export function openSpool<Entry>(
  folder: string,
  schema: z.ZodType<Entry>,
): Spool<Entry> & { unreadable: number } {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const aside = join(folder, 'aside')
  const entries = new Map<string, { file: string; entry: Entry }>()
  let last = 0
  let unreadable = 0
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    last = Math.max(last, Number.parseInt(file, 10) || 0)
    const read = readEntry(join(folder, file), schema)
    if (read !== null) entries.set(read.id, { file, entry: read.entry })
    else {
      unreadable++
      moveAside(file)
    }
  }

  return {
    unreadable,
    put(id, entry) {
      const file = entries.get(id)?.file ?? `${String(++last).padStart(12, '0')}.json`
      writeDurably(folder, file, JSON.stringify({ id, entry }))
      entries.set(id, { file, entry })
    },
    get: (id) => entries.get(id)?.entry,
    ids: () => [...entries.keys()],
    remove(id) {
      const known = entries.get(id)
      if (known === undefined) return
      entries.delete(id)
      rmSync(join(folder, known.file), { force: true })
    },
    setAside(id) {
      const known = entries.get(id)
      if (known === undefined) return
      entries.delete(id)
      moveAside(known.file)
    },
  }

  function moveAside(file: string): void {
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    renameSync(join(folder, file), join(aside, `${Date.now()}-${file}`))
  }
}

/** The ids of what is done, so that a network that delivers once more is not answered once more. */
export function openSeen(path: string): {
  has: (id: string) => boolean
  add: (id: string) => void
} {
  const known = readLines(path).slice(-REMEMBERED)
  writeFileSync(path, known.map((id) => `${id}\n`).join(''), { mode: 0o600 })
  const ids = new Set(known)
  return {
    has: (id) => ids.has(id),
    add(id) {
      if (ids.has(id)) return
      ids.add(id)
      appendFileSync(path, `${id}\n`, { flush: true })
    },
  }
}

/** Writes a file so that after a crash there is the old one or the new one, never half of one. */
export function writeDurably(folder: string, file: string, content: string | Uint8Array): void {
  const path = join(folder, file)
  writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
  // The name is as much worth as the content: without this a power cut may forget the rename.
  if (process.platform === 'win32') return
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}

function readEntry<Entry>(
  path: string,
  schema: z.ZodType<Entry>,
): { id: string; entry: Entry } | null {
  try {
    const { id, entry } = JSON.parse(readFileSync(path, 'utf8'))
    const parsed = schema.safeParse(entry)
    return typeof id === 'string' && parsed.success ? { id, entry: parsed.data } : null
  } catch {
    return null
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}
