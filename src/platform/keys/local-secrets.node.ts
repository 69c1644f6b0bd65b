import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeCipher } from '../../../db/core/cipher.node.ts'
import { openFile } from '../../../db/core/client.node.ts'
import { holdsSealed } from '../../../db/core/keys/key-marks.ts'
import { createVault, type Vault } from '../../../db/core/vault.ts'
import { type Config, ConfigError } from '../../kernel/config.ts'
import { newId } from '../../kernel/ids.ts'
import { areDataKeys, isIndexKey, newDataKey, newKey, parseKeys } from '../../kernel/keys.ts'

/** Shorter ones can be guessed, and an empty one would let anybody sign. */
const LEAST_SECRET = 32

/**
 * Without SESSION_SECRET, one is made and kept beside the data, so that a restart loses no conversation. Throws
 * `ConfigError` where the file is damaged.
 */
export function localSecret(config: Config): string {
  const fresh = () => newId() + newId()
  if (config.SESSION_SECRET !== undefined) return config.SESSION_SECRET
  if (config.DATABASE_URL === 'file::memory:') return fresh()
  const kept = keptBesideData(config, 'session-secret', fresh)
  if (kept.length >= LEAST_SECRET) return kept
  const path = pathBesideData(config, 'session-secret')
  throw new ConfigError([
    `${path} is damaged: put back a copy, or remove it, and a new one is made (conversations of the web chat then begin anew, and staff sign in again)`,
  ])
}

/**
 * The vault of this machine. Without DATA_KEYS, keys are made and kept beside a local database;
 * a database elsewhere needs them set, since whoever restores it must have them. None are made beside a
 * database that was sealed with others. Throws `ConfigError`.
 */
export async function openVault(config: Config): Promise<Vault> {
  const { DATA_KEYS: dataKeys, INDEX_KEY: indexKey } = config
  if (dataKeys !== undefined && indexKey !== undefined) {
    return createVault(await parseKeys(dataKeys, indexKey), nodeCipher)
  }
  if (!config.DATABASE_URL.startsWith('file:')) {
    throw new ConfigError([
      'DATA_KEYS and INDEX_KEY must be set for a database on a server; make them with: npm run cli -- keys new',
    ])
  }
  const kept = await keptKeys(config)
  const [keptIndexKey = '', ...keptDataKeys] = kept.split(/\s+/)
  if (!isIndexKey(keptIndexKey) || !areDataKeys(keptDataKeys.join(','))) {
    throw new ConfigError([
      `${pathBesideData(config, 'data-keys')} is damaged: put back a copy of it (or set DATA_KEYS and INDEX_KEY); it was not changed, and no new keys were made`,
    ])
  }
  return createVault(await parseKeys(keptDataKeys.join(','), keptIndexKey), nodeCipher)
}

/** The file beside a local database in which its keys are kept; null: there is none. */
export function keysBesideData(config: Config): string | null {
  if (config.DATA_KEYS !== undefined || !config.DATABASE_URL.startsWith('file:')) return null
  const path = pathBesideData(config, 'data-keys')
  return existsSync(path) ? path : null
}

/** The index key on the first line, then the data keys, the sealing one first. */
async function keptKeys(config: Config): Promise<string> {
  const fresh = `${newKey()}\n${await newDataKey()}`
  if (config.DATABASE_URL === 'file::memory:') return fresh
  const database = config.DATABASE_URL.slice('file:'.length)
  const path = pathBesideData(config, 'data-keys')
  if (!existsSync(path) && existsSync(database)) {
    const db = openFile(database)
    const isSealed = await holdsSealed(db).finally(() => db.close())
    if (isSealed) {
      throw new ConfigError([
        `${path} is missing, and ${database} was sealed with its keys: put the file back (or set DATA_KEYS and INDEX_KEY); no new keys were made`,
      ])
    }
  }
  return keptBesideData(config, 'data-keys', () => fresh)
}

function keptBesideData(config: Config, name: string, create: () => string): string {
  const path = pathBesideData(config, name)
  try {
    const kept = readFileSync(path, 'utf8').trim()
    // Also one that came here by a copy.
    chmodSync(path, 0o600)
    return kept
  } catch {
    mkdirSync(dirname(path), { recursive: true })
    try {
      writeFileSync(path, `${create()}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      // Whoever starts second at the same moment takes what the first one wrote; half of one is worse than none.
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!isThere) {
        rmSync(path, { force: true })
        throw error
      }
    }
    return readFileSync(path, 'utf8').trim()
  }
}

function pathBesideData({ DATABASE_URL: url }: Config, name: string): string {
  return join(url.startsWith('file:') ? dirname(url.slice('file:'.length)) : 'data', name)
}
