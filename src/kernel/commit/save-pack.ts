import type { Database, Statement } from '../../../db/core/database.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import { keepStatements, publishStatements } from '../../../db/policy/pack-statements.ts'
import { loadPack, REVISION_RACES, revisionOf, withEntry } from '../../../db/policy/packs.ts'
import { phrasesBeyond, withPhrase } from '../../../db/policy/service-phrases.ts'
import { commit } from './commit.ts'

/**
 * Stores a pack as a new revision and lets it answer from now on. A revision seen before changes
 * nothing, so that an edit made later by staff is not undone by the next start; and a pack that is
 * new, as with an update of the product, takes over the entries that staff have edited since.
 */
export async function savePack(db: Database, pack: PolicyPack, now: string): Promise<string> {
  const revision = await revisionOf(pack)
  return commit(db, {
    plan: async () => {
      const [[known] = [], [current] = []] = await db.read([
        { sql: 'SELECT 1 FROM pack_revisions WHERE id = ?', args: [revision] },
        {
          sql: `SELECT p.current_revision, r.base_revision FROM programmes p
            JOIN pack_revisions r ON r.id = p.current_revision WHERE p.id = ?`,
          args: [pack.programme.id],
        },
      ])
      if (known !== undefined) return { made: revision }
      const edited = current === undefined ? null : String(current[0])
      const base = current?.[1] == null ? null : String(current[1])
      return {
        result: revision,
        write:
          edited === null || base === null
            ? publishStatements(pack, { revision, base: null, expected: edited }, now)
            : await carryOver(db, { pack, revision, base, edited, now }),
      }
    },
    races: REVISION_RACES,
  })
}

/** A new pack, and on it what staff had made of the old one: their entries stand where both changed. */
async function carryOver(
  db: Database,
  {
    pack,
    revision,
    base,
    edited,
    now,
  }: Record<'revision' | 'base' | 'edited' | 'now', string> & {
    pack: PolicyPack
  },
): Promise<Statement[]> {
  const [before, after] = [await loadPack(db, base), await loadPack(db, edited)]
  const was = new Map(before.faq.map((entry) => [entry.id, JSON.stringify(entry)]))
  const ours = after.faq.filter((entry) => was.get(entry.id) !== JSON.stringify(entry))
  const merged = phrasesBeyond(after, before).reduce(withPhrase, ours.reduce(withEntry, pack))
  return [
    ...keepStatements(pack, revision, now),
    ...publishStatements(
      merged,
      { revision: await revisionOf(merged, edited), base: revision, expected: edited },
      now,
    ),
  ]
}
