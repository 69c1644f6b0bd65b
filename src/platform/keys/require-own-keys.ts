import { type KeyProblem, requireKeys } from '../../../db/core/keys/key-marks.ts'
import { ConfigError } from '../../kernel/config.ts'
import type { Deps } from '../../kernel/deps.ts'

/** What each problem is, and what to do about it. */
export const KEY_PROBLEMS: Readonly<Record<KeyProblem, string>> = {
  'other-data-key':
    'DATA_KEYS (or the file data-keys) holds none of the keys that this database is sealed with: put back the keys that it had, and nothing is lost',
  mixed:
    'DATA_KEYS (or the file data-keys) lacks a key that a part of this database is sealed with: add that key behind the others under the id that it had, even where another key has that id, and run: npm run cli -- keys rotate',
  'other-index-key':
    'INDEX_KEY (or the first line of the file data-keys) is not the one that this database was indexed with, so that nobody in it would be found: put back the one that it had',
}

/** To be called before anything is read or sealed. Throws `ConfigError` where the keys are not the database's own. */
export async function requireOwnKeys({
  db,
  vault,
  now,
}: Pick<Deps, 'db' | 'vault' | 'now'>): Promise<void> {
  const problem = await requireKeys(db, vault, now())
  if (problem !== null) throw new ConfigError([KEY_PROBLEMS[problem]])
}
