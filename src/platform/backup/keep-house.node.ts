import type { Config } from '../../kernel/config.ts'
import type { Deps } from '../../kernel/deps.ts'
import { ageOutFormer } from './age-out.node.ts'
import { erasureListOf, keepErasures } from './erasure-list.node.ts'

/**
 * What a database in a file needs about once a minute: its list of erasures beside the backups, and an end to what
 * restores have put aside. What fails is logged; the next minute tries again.
 */
export async function keepHouse(
  { DATABASE_URL: url }: Config,
  { db, vault, now, log }: Pick<Deps, 'db' | 'vault' | 'now' | 'log'>,
): Promise<void> {
  if (!url.startsWith('file:') || url === 'file::memory:') return
  const database = url.slice('file:'.length)
  try {
    await keepErasures(db, vault, erasureListOf(database))
    for (const _ of ageOutFormer(database, now())) log.info('former-database-deleted')
  } catch (error) {
    log.error('keep-house-failed', error)
  }
}
