import type { Database } from '../../../db/core/database.ts'
import { countOutdated, rotateColumns } from '../../../db/core/keys/rotate.ts'
import { outdatedBlobs, rotateBlobs } from '../../../db/core/keys/rotate-blobs.ts'
import type { Vault } from '../../../db/core/vault.ts'
import { newKey } from '../../kernel/keys.ts'

/**
 * `keys new`, as lines for the settings. Where there are keys already, only a further one is made: the
 * index key never changes, since everything that is found by it would be lost. `keptIn`: the file in
 * which a local installation keeps its keys; null where the settings name them.
 */
export function newKeyLines(known: { dataKeys: string; keptIn: string | null } | null): string[] {
  if (known === null) {
    return [
      '# The first keys of an installation. Keep them apart from the database and from its backups:',
      '# without them nobody reads what was stored, and with them anybody does.',
      `DATA_KEYS=k1:${newKey()}`,
      `INDEX_KEY=${newKey()}`,
    ]
  }
  const { dataKeys, keptIn } = known
  const ids = new Set(dataKeys.split(',').map((key) => key.split(':')[0]))
  let next = ids.size + 1
  while (ids.has(`k${next}`)) next++
  return [
    keptIn === null
      ? '# 1. Put this key, and a comma, before the ones in DATA_KEYS (not instead of them).'
      : `# 1. Put this key on a line of its own into ${keptIn}, as the second line.`,
    '#    Then restart every process that uses the database. Where there are several, put it behind the',
    '#    others first and restart all, so that each can read what another one seals.',
    '# 2. npm run cli -- keys rotate',
    '# 3. When it says that nothing is left, the old keys may go, as far as no backup needs them.',
    `k${next}:${newKey()}`,
  ]
}

/** `keys rotate`: says what was done and what is left; resolves to whether nothing is. */
export async function rotateKeys(
  db: Database,
  vault: Vault,
  say: (line: string) => void,
): Promise<boolean> {
  say(`Sealing with the key ${vault.keyId}.`)
  for await (const { table, column, resealed, stuck } of rotateColumns(db, vault)) {
    if (resealed + stuck > 0) say(doneLine(`${table}.${column}`, { resealed, stuck }))
  }
  const files = await rotateBlobs(db, vault)
  if (files.resealed + files.stuck > 0) say(doneLine('files', files))
  const left = (await countOutdated(db, vault)) + (await outdatedBlobs(db, vault)).length
  say(
    left === 0
      ? 'Nothing is left that needs an older key.'
      : `${left} values are left. Run it again; if that does not help, an older key is missing from DATA_KEYS.`,
  )
  return left === 0
}

function doneLine(what: string, { resealed, stuck }: { resealed: number; stuck: number }): string {
  const open = stuck === 0 ? '' : `, ${stuck} do not open with the keys that are set`
  return `${what.padEnd(32)} ${resealed} sealed anew${open}`
}
