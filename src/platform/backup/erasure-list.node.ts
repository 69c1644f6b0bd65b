import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from '../../../db/core/database.ts'
import { type Vault, VaultError } from '../../../db/core/vault.ts'
import { type Erased, listErasures } from '../../../db/people/erasures.ts'
import { flush } from './back-up.node.ts'

const CONTEXT = 'erasures'

/** Where a database's list of erasures is kept: beside its backups, since it must outlive the database. */
export function erasureListOf(database: string): string {
  return join(dirname(database), 'backups', 'erasures')
}

/**
 * Brings the list in a file up to what the database knows; what only the file knows stays. Nothing is written where it
 * has not grown. Throws `VaultError` where the file was sealed with other keys: it is not written over.
 */
export async function keepErasures(db: Database, vault: Vault, path: string): Promise<void> {
  const known = await readErasures(vault, path)
  const all = united(known, await listErasures(db, vault))
  if (all.length === known.length) return
  mkdirSync(dirname(path), { recursive: true })
  const sealed = await vault.seal(JSON.stringify(all), CONTEXT)
  writeFileSync(`${path}.partial`, sealed, { mode: 0o600 })
  flush(`${path}.partial`)
  renameSync(`${path}.partial`, path)
}

/** The erasures of a list; none where there is no such file. Throws `VaultError` where it does not open. */
export async function readErasures(vault: Vault, path: string): Promise<Erased[]> {
  if (!existsSync(path)) return []
  const sealed = readFileSync(path)
  if (sealed.length === 0) throw new VaultError(`${path} is empty`)
  // Our own JSON, authenticated by the seal.
  return JSON.parse(await vault.openText(sealed, CONTEXT)) as Erased[]
}

/** Each person once, the first erasure of theirs. */
export function united(...lists: readonly (readonly Erased[])[]): Erased[] {
  const all = new Map<string, Erased>()
  for (const one of lists.flat()) if (!all.has(one.contactId)) all.set(one.contactId, one)
  return [...all.values()]
}
