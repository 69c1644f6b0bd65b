import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openFile } from '../../../db/core/client.node.ts'
import type { Database } from '../../../db/core/database.ts'
import { migrate } from '../../../db/core/migrate.ts'
import { type Vault, VaultError } from '../../../db/core/vault.ts'
import { type Erased, listErasures } from '../../../db/people/erasures.ts'
import { replayErasures } from '../../../db/people/replay-erasures.ts'
import type { Config } from '../../kernel/config.ts'
import { ageOutFormer } from './age-out.node.ts'
import { backUp } from './back-up.node.ts'
import { erasureListOf, keepErasures, readErasures, united } from './erasure-list.node.ts'
import { restore } from './restore.node.ts'
import { verifyDatabase } from './verify-database.ts'

type BackupContext = {
  config: Config
  vault: () => Promise<Vault>
  now: () => string
  say: (line: string) => void
}

const ELSEWHERE =
  'This database is on a server, which copies and restores it by its own means (docs/operate.md). This command is for a libSQL file.'

/** `backup [FILE]`; resolves to whether there is a copy that was looked over. */
export async function runBackup(
  context: BackupContext,
  file: string | undefined,
): Promise<boolean> {
  const { config, say, now } = context
  const database = fileOf(config)
  if (database === null) return refuse(say, ELSEWHERE)
  const to = file ?? join(dirname(database), 'backups', `weiqitong-${stampOf(now())}.db`)
  const made = backUp(database, to)
  if (!made.ok) {
    return refuse(
      say,
      made.problem === 'exists'
        ? `${to} exists already, and a backup is never written over another one. Name another file.`
        : `There is no database at ${database}.`,
    )
  }
  const db = openFile(database)
  try {
    const vault = await context.vault()
    for (const list of new Set([erasureListOf(database), join(dirname(to), 'erasures')]))
      await keepErasures(db, vault, list)
  } finally {
    await db.close()
  }
  ageOutFormer(database, now())
  const whole = await report(context, to, false)
  const size = (statSync(to).size / 1_048_576).toFixed(1)
  say(
    whole
      ? `${to} (${size} MiB)`
      : `${to} was written but is not whole. Keep the database and look at it.`,
  )
  say(
    'The keys are not in it (data/data-keys, data/session-secret, or the settings). Keep them in another place: without them nobody reads it.',
  )
  return whole
}

/** `restore FILE`; resolves to whether it took the database's place. */
export async function runRestore(
  context: BackupContext,
  file: string | undefined,
): Promise<boolean> {
  const { config, say, now } = context
  const database = fileOf(config)
  if (database === null) return refuse(say, ELSEWHERE)
  if (file === undefined) return refuse(say, 'Say which: npm run cli -- restore FILE')
  if (!existsSync(file)) return refuse(say, `There is no file ${file}.`)
  if (!(await report(context, file, false))) {
    return refuse(say, 'This file is not whole, so nothing was changed.')
  }
  const vault = await context.vault()
  const lists = [erasureListOf(database), join(dirname(file), 'erasures')]
  const kept: Erased[][] = []
  for (const path of new Set(lists)) {
    try {
      kept.push(await readErasures(vault, path))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return refuse(
        say,
        `The list of who was erased, ${path}, does not open with the keys that are set: put back the keys that it had, or the list. Nothing was changed.`,
      )
    }
  }
  let people = 0
  const done = await restore(file, database, stampOf(now()), async (copy) => {
    const erasures = united(...kept, await erasuresIn(database, vault))
    const db = openFile(copy)
    try {
      await migrate(db, now())
      people = await replayErasures(db, vault, erasures, now())
    } finally {
      await db.close()
    }
  })
  if (!done.ok) {
    return refuse(
      say,
      done.problem === 'in-use'
        ? 'The database is in use. Stop the server and every command first; nothing was changed.'
        : `There is no file ${file}.`,
    )
  }
  say(`${database} is now as it was in ${file}.`)
  if (people > 0) say(`${people} people who were erased since then were erased again.`)
  if (done.former !== null) say(`What was there before is kept as ${done.former}, for 30 days.`)
  return true
}

/** What the database knows that is about to be replaced, as far as it can still be read. */
async function erasuresIn(database: string, vault: Vault): Promise<Erased[]> {
  if (!existsSync(database)) return []
  const db = openFile(database)
  try {
    return await listErasures(db, vault)
  } catch (error) {
    if (isDamaged(error) || error instanceof VaultError) return []
    throw error
  } finally {
    await db.close()
  }
}

/** `verify [FILE]`; resolves to whether everything is as it should be. */
export async function runVerify(
  context: BackupContext,
  file: string | undefined,
): Promise<boolean> {
  const path = file ?? fileOf(context.config)
  if (path === null) return refuse(context.say, ELSEWHERE)
  if (!existsSync(path)) return refuse(context.say, `There is no file ${path}.`)
  const whole = await report(context, path, true)
  context.say(
    whole
      ? 'Everything is as it should be.'
      : 'Not everything is as it should be: see the lines marked ✗.',
  )
  return whole
}

async function report({ vault, say }: BackupContext, path: string, all: boolean): Promise<boolean> {
  let whole = true
  let db: Database | null = null
  try {
    db = openFile(path)
    for await (const { name, ok, found } of verifyDatabase(db, await vault())) {
      whole &&= ok
      if (all || !ok) say(`${ok ? '✓' : '✗'} ${name.padEnd(36)} ${found}`)
    }
    return whole
  } catch (error) {
    if (!isDamaged(error)) throw error
    say(`✗ ${path} is no database of this product, or is damaged.`)
    return false
  } finally {
    await db?.close()
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof Error && /not a database|malformed|no such table/i.test(error.message)
}

function fileOf({ DATABASE_URL: url }: Config): string | null {
  return url.startsWith('file:') && url !== 'file::memory:' ? url.slice('file:'.length) : null
}

/** `2026-11-23T06:32:53.120Z` as a part of a file's name. */
function stampOf(at: string): string {
  return at.slice(0, 19).replaceAll(/[-:]/g, '')
}

function refuse(say: (line: string) => void, line: string): false {
  say(line)
  return false
}
