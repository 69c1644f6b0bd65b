import type * as z from 'zod'
import { OfficeParts } from '../../flows/programme/offices.ts'
import type { Constraint } from '../core/constraints.ts'
import type { Database, Statement } from '../core/database.ts'
import { count, first, parsed, query, shape } from '../core/query.ts'
import { offices } from '../schema/handoffs.ts'
import { programmes } from '../schema/policy.ts'

/** What staff have entered of an office: parts that are left out are as the pack has them. */
const Entered = OfficeParts.partial()
export type EnteredOffice = {
  place: string | null
  /** Counts every change; a write upon an older one fails. */
  version: number
  /** When it was changed last; ISO. */
  at: string
  entered: z.infer<typeof Entered>
}

const OFFICE = shape({
  place: offices.place,
  version: offices.version,
  at: offices.updatedAt,
  entered: parsed(offices.entered, (text) => Entered.parse(JSON.parse(text))),
})

/** How often the directory of a programme was changed, as a part of another statement; `?` is the programme. */
export const DIRECTORY_EDITION =
  '(SELECT coalesce(sum(version), 0) FROM offices WHERE programme_id = ?)'

const EDITION = shape({
  edition: count(DIRECTORY_EDITION),
  revision: programmes.currentRevision,
})

/** Everything that staff have entered of a programme's offices. */
export async function listEntered(db: Database, programme: string): Promise<EnteredOffice[]> {
  const rows = await query(
    db,
    `SELECT ${OFFICE.columns} FROM offices WHERE programme_id = ?`,
    [programme],
    OFFICE,
  )
  return rows.map((row) => ({ ...row, place: row.place === '' ? null : row.place }))
}

/** The revision and the edition of a programme's directory; no revision where no pack has been loaded. */
export async function currentEdition(
  db: Database,
  programme: string,
): Promise<{ revision: string | null; edition: number }> {
  const found = await first(
    db,
    `SELECT ${EDITION.columns} FROM programmes WHERE id = ?`,
    [programme, programme],
    EDITION,
  )
  return found ?? { revision: null, edition: 0 }
}

/** Where somebody else has entered an office first. */
export const OFFICE_RACES: readonly Constraint[] = [
  'offices.programme_id',
  'offices.place',
  'offices_version',
]

/**
 * Enters an office that is still at `version` (0: nothing was entered before). A constraint of
 * `OFFICE_RACES`: somebody else was faster, and nothing is written.
 */
export function enterOffice(programme: string, office: EnteredOffice): Statement {
  const { place, version, at, entered } = office
  const words = JSON.stringify(entered)
  return version === 0
    ? {
        sql: `INSERT INTO offices (programme_id, place, entered, version, updated_at)
          VALUES (?, ?, ?, 1, ?)`,
        args: [programme, place ?? '', words, at],
      }
    : {
        sql: `UPDATE offices SET entered = ?, updated_at = ?,
          version = CASE version WHEN ? THEN version + 1 ELSE 0 END WHERE programme_id = ? AND place = ?`,
        args: [words, at, version, programme, place ?? ''],
      }
}
