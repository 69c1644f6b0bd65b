import type { CaseEvent } from '../../flows/programme/lifecycle/application-stages.ts'
import type { Database } from '../core/database.ts'
import { shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { districtFilter } from '../staff/district.ts'
import { type CaseHead, HEAD_COLUMNS } from './cases.ts'
import { CASE_MOVES } from './events.ts'

/** A case with exactly the events of its version. */
export type LoadedCase = { head: CaseHead; events: CaseEvent[] }

const HEAD = shape(HEAD_COLUMNS)

/** A case with its events, in one read; null where there is none, or none that these eyes may see. */
export async function loadCaseFile(
  db: Database,
  vault: Vault,
  which: { id: string } | { number: string },
  eyes: { district: string | null } = { district: null },
): Promise<LoadedCase | null> {
  const seen = districtFilter(eyes, 'cases.district')
  const sql = `FROM cases WHERE ${'id' in which ? 'id' : 'number'} = ? AND ${seen.sql}`
  const args = ['id' in which ? which.id : which.number, ...seen.args]
  const [heads = [], events = []] = await db.read([
    { sql: `SELECT ${HEAD.columns} ${sql}`, args },
    CASE_MOVES.listing({ sql: `(SELECT id ${sql})`, args }),
  ])
  if (heads[0] === undefined) return null
  const head = HEAD.read(heads[0])
  return { head, events: await CASE_MOVES.open(vault, head.id, events) }
}
