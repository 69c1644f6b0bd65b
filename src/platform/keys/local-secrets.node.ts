import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nodeCipher } from '../../../db/core/cipher.node.ts'
import { createVault, type Vault } from '../../../db/core/vault.ts'
import { type Config, ConfigError } from '../../kernel/config.ts'
import { newId } from '../../kernel/ids.ts'
import { newKey, parseKeys } from '../../kernel/keys.ts'

/** Without SESSION_SECRET, one is made and kept beside the data, so that a restart loses no conversation. */
export function localSecret(config: Config): string {
  return config.SESSION_SECRET ?? keptBesideData(config, 'session-secret', () => newId() + newId())
}

/**
 * The vault of this machine. Without DATA_KEYS, keys are made and kept beside a local database;
 * a database elsewhere needs them set, since whoever restores it must have them. Throws `ConfigError`.
 */
export function openVault(config: Config): Vault {
  const { DATA_KEYS: dataKeys, INDEX_KEY: indexKey } = config
  if (dataKeys !== undefined && indexKey !== undefined) {
    return createVault(parseKeys(dataKeys, indexKey), nodeCipher)
  }
  if (!config.DATABASE_URL.startsWith('file:')) {
    throw new ConfigError([
      'DATA_KEYS and INDEX_KEY must be set for a database on a server; make them with: npm run cli -- keys new',
    ])
  }
  const kept =
    config.DATABASE_URL === 'file::memory:'
      ? freshKeys()
      : keptBesideData(config, 'data-keys', freshKeys)
  const [keptIndexKey = '', ...keptDataKeys] = kept.split('\n')
  return createVault(parseKeys(keptDataKeys.join(','), keptIndexKey), nodeCipher)
}

/** The data keys that are kept beside a local database, as DATA_KEYS would have them; null: there are none. */
export function keysBesideData(config: Config): { path: string; dataKeys: string } | null {
  if (config.DATA_KEYS !== undefined || !config.DATABASE_URL.startsWith('file:')) return null
  const path = pathBesideData(config, 'data-keys')
  if (!existsSync(path)) return null
  const [, ...dataKeys] = readFileSync(path, 'utf8').trim().split('\n')
  return { path, dataKeys: dataKeys.join(',') }
}

/** The index key on the first line, then the data keys, the sealing one first. */
function freshKeys(): string {
  return `${newKey()}\nk1:${newKey()}`
}

function keptBesideData(config: Config, name: string, create: () => string): string {
  const path = pathBesideData(config, name)
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    mkdirSync(dirname(path), { recursive: true })
    // Whoever starts second at the same moment takes what the first one wrote.
    try {
      writeFileSync(path, `${create()}\n`, { mode: 0o600, flag: 'wx' })
    } catch {}
    return readFileSync(path, 'utf8').trim()
  }
}

function pathBesideData({ DATABASE_URL: url }: Config, name: string): string {
  return join(url.startsWith('file:') ? dirname(url.slice('file:'.length)) : 'data', name)
}
