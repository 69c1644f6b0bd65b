import { forgetOld, forgetSilent, listSilent, sliceAt } from '../../db/people/retention.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'

/**
 * Keeps no more than is needed (PIPL 19): who has no case and was silent for so many days is
 * forgotten, and of the others what was said before that, unless it belongs to a case. A case is the
 * office's file, whose archive rules decide. To be called once a minute: each person's turn comes once a day.
 */
export async function forgetOldData(
  deps: Pick<Deps, 'db' | 'vault' | 'now' | 'log'>,
  days: number,
): Promise<void> {
  const at = deps.now()
  const before = new Date(Date.parse(at) - days * 86_400_000).toISOString()
  const slice = sliceAt(at)
  let people = 0
  for (const id of await listSilent(deps.db, slice, before)) {
    if (await forget(deps, id, before, at)) people++
  }
  await deps.db.write(forgetOld(slice, before))
  if (people > 0) deps.log.info('people-forgotten', { people })
}

/** False where the person came back in the meantime. */
async function forget(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  id: string,
  before: string,
  at: string,
): Promise<boolean> {
  const write = await forgetSilent(vault, id, before, at)
  return commitOnce<boolean>(db, { result: true, write, means: () => false })
}
