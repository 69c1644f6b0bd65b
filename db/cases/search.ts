import { normaliseName } from '../../flows/programme/lookup-words.ts'
import type { Database, SqlValue } from '../core/database.ts'
import { count, first, query, shape } from '../core/query.ts'
import type { Vault } from '../core/vault.ts'
import { cases } from '../schema/cases.ts'
import { districtFilter } from '../staff/district.ts'
import { type CaseHead, HEAD_COLUMNS } from './cases.ts'
import { businessWords, gramsOf, type SearchField, tokenOf } from './search-index.ts'

/** More applications than these are not gone through: the words say too little. */
const MOST_CANDIDATES = 500

const HEAD = shape(HEAD_COLUMNS)
const HELD = shape({ count: count('count(*)') })

/**
 * The cases of some districts that hold all of these values of one field, the newest first; `too-many`: more than can be gone
 * through. Grams may stand apart in a name: whoever shows what is found looks at the name itself.
 */
async function findByTokens(
  db: Database,
  vault: Vault,
  where: { programme: string; districts: readonly string[] },
  field: SearchField,
  values: readonly string[],
): Promise<CaseHead[] | 'too-many'> {
  const groups = await Promise.all(
    where.districts.map((district) =>
      Promise.all(values.map((value) => tokenOf(vault, field, district, value))),
    ),
  )
  const held = 'SELECT count(*) FROM (SELECT 1 FROM case_search WHERE token = ? LIMIT ?)'
  const counts = await db.read(
    groups.flat().map((token) => ({ sql: held, args: [token, MOST_CANDIDATES + 1] })),
  )
  const sized = counts.map(([row]) => HELD.read(row ?? [0]).count)
  // Each district's rarest value leads; the others are looked up for what it gives.
  const led = groups.flatMap((tokens, place) => {
    const sizes = tokens.map((_, index) => sized[place * values.length + index] ?? 0)
    const least = Math.min(...sizes)
    if (least === 0) return []
    const lead = sizes.indexOf(least)
    return [
      { lead: tokens[lead] ?? '', others: tokens.filter((_, index) => index !== lead), least },
    ]
  })
  if (led.reduce((sum, { least }) => sum + least, 0) > MOST_CANDIDATES) return 'too-many'
  const found = await Promise.all(
    led.map(({ lead, others }) => {
      const also = others.map(
        () => 'AND EXISTS (SELECT 1 FROM case_search o WHERE o.token = ? AND o.case_id = cases.id)',
      )
      const all = `SELECT ${HEAD.columns} FROM case_search JOIN cases ON cases.id = case_search.case_id
        WHERE case_search.token = ? AND cases.programme_id = ? ${also.join(' ')}`
      const args: SqlValue[] = [lead, where.programme, ...others]
      return query(db, all, args, HEAD)
    }),
  )
  return found.flat().sort((a, b) => b.submittedAt.localeCompare(a.submittedAt))
}

/** The cases of a whole name, in these districts. */
export function findCasesByName(
  db: Database,
  vault: Vault,
  where: { programme: string; districts: readonly string[] },
  name: string,
): Promise<CaseHead[] | 'too-many'> {
  return findByTokens(db, vault, where, 'name', [normaliseName(name)])
}

/** The cases of a whole mobile, as `checkMobile` gives it. */
export function findCasesByMobile(
  db: Database,
  vault: Vault,
  where: { programme: string; districts: readonly string[] },
  mobile: string,
): Promise<CaseHead[] | 'too-many'> {
  return findByTokens(db, vault, where, 'mobile', [mobile])
}

/** The cases whose business may be called so: it has every two characters of the words beside each other. */
export async function findCasesByBusiness(
  db: Database,
  vault: Vault,
  where: { programme: string; districts: readonly string[] },
  words: string,
): Promise<CaseHead[] | 'too-many'> {
  const grams = gramsOf(businessWords(words))
  return grams.length === 0 ? [] : findByTokens(db, vault, where, 'business', grams)
}

const PROGRESS = shape({
  left: count('sum(cases.indexed = 0)'),
  all: count('count(*)'),
})
const ANY = shape({ id: cases.id })

/** How many of the cases that somebody may see are still to be made findable, of how many; counted only where there are some. */
export async function searchProgress(
  db: Database,
  scope: { district: string | null },
): Promise<{ left: number; all: number }> {
  const seen = districtFilter(scope, 'cases.district')
  const none = { left: 0, all: 0 }
  const waiting = `SELECT ${ANY.columns} FROM cases WHERE indexed = 0 AND ${seen.sql} LIMIT 1`
  if ((await first(db, waiting, seen.args, ANY)) === null) return none
  const all = `SELECT ${PROGRESS.columns} FROM cases WHERE ${seen.sql}`
  return (await first(db, all, seen.args, PROGRESS)) ?? none
}
