import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from '../db/core/client.node.ts'
import type { Database } from '../db/core/database.ts'
import { prepare } from '../src/kernel/prepare.ts'
import { noteActions } from './seen-actions.ts'

/** Where the run's own database is that every test's is a copy of (test/global-setup.ts). */
export const FOLDER = 'WEIQITONG_TEST_DATABASES'
/** In memory where the system has such a folder. */
const MEMORY = '/dev/shm'

const fileIn = (folder: string, programme: string) => join(folder, `${programme}.template`)

/** Migrates and fills one database for each programme, once a run; returns what takes them away again. */
export async function makeTemplates(programmes: readonly string[]): Promise<() => void> {
  // Vitest sets each project up, and they share these.
  if (process.env[FOLDER] !== undefined) return () => {}
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'weiqitong-databases-'))
  process.env[FOLDER] = folder
  for (const programme of programmes) {
    const db = openFile(fileIn(folder, programme))
    await prepare({ db, programme, now: () => '2018-06-01T02:00:00.000Z' })
    await db.close()
  }
  return () => rmSync(folder, { recursive: true, force: true })
}

let copies = 0

/** A fresh database with the schema and the pack of a programme; null outside such a run. */
export function openTemplate(programme: string): Database | null {
  const folder = process.env[FOLDER]
  if (folder === undefined) return null
  const path = join(folder, `${process.pid}-${++copies}.db`)
  copyFileSync(fileIn(folder, programme), path)
  const db = openFile(path)
  return {
    ...db,
    close: async () => {
      await noteActions(db, folder)
      await db.close()
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
    },
  }
}
