import { loadCaseFile } from '../../db/cases/case-file.ts'
import type { CaseHead } from '../../db/cases/cases.ts'
import { openApplications } from '../../db/cases/content.ts'
import { countAttempts } from '../../db/cases/lookup.ts'
import { findCasesByBusiness, findCasesByMobile, findCasesByName } from '../../db/cases/search.ts'
import { businessWords } from '../../db/cases/search-index.ts'
import { findStaffCasesOf } from '../../db/cases/staff-cases.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import type { Text } from '../../flows/engine/types.ts'
import { maskName } from '../../flows/programme/form/mask.ts'
import { parseCaseNumber } from '../../flows/programme/numbers/case-number.ts'
import { checkIdentityNumber } from '../../flows/programme/numbers/identity-number.ts'
import { checkMobile } from '../../flows/programme/numbers/mobile.ts'
import { problemText } from '../../flows/programme/words.ts'
import type { CaseDeskContext } from './act-on-case.ts'

/** So often an hour one person may look somebody up by what names them. */
export const SEARCHES_AN_HOUR = 120
/** No more than these are shown; what would be more is asked to be said more closely. */
const MOST_FOUND = 50

/** A case that was found, with its applicant's name as a list shows it. */
export type FoundCase = { head: CaseHead; name: string }

/** `nothing`: it could be, and there is none; `wrong`: it cannot be, or there are too many. */
export type SearchResult =
  | { kind: 'found'; cases: FoundCase[] }
  | { kind: 'nothing' | 'wrong'; words: Text }

type By = 'identity' | 'mobile' | 'name or business'

/**
 * Finds cases by a number, or by a whole identity number, mobile or name, or by what is in a business's name, as far as this
 * person may see them. A look by anything but a case's number is limited, and written into the audit with what it found, never
 * with what was looked for.
 */
export async function findCases(
  desk: CaseDeskContext,
  staff: StaffMember,
  typed: string,
): Promise<SearchResult> {
  const { db, vault, pack, now } = desk
  const { numbering } = pack.stages
  const number = parseCaseNumber(numbering, typed)
  if (number.ok) {
    const file = await loadCaseFile(db, vault, { number: number.value }, staff)
    const params = { number: number.value }
    return file === null
      ? { kind: 'nothing', words: { key: 'cases-desk.search-number', params } }
      : found([file.head])
  }
  if (number.problem === 'check-failed') return wrong('cases-desk.search-slip')
  const wish = readWish(typed, now())
  if (wish === null) {
    const params = { prefix: numbering.prefix }
    return { kind: 'wrong', words: { key: 'cases-desk.search-unknown', params } }
  }
  if ('problem' in wish) return { kind: 'wrong', words: wish.problem }
  const limit = { key: `case-search:${staff.id}`, limit: SEARCHES_AN_HOUR, windowSeconds: 3600 }
  if (!(await countAttempts(db, now(), [limit]))) return wrong('cases-desk.search-limit')
  const heads = await look(desk, staff, wish)
  if (heads === 'too-many' || heads.length > MOST_FOUND) {
    await note(desk, staff, wish.by, [])
    return wrong('cases-desk.search-too-many')
  }
  await note(desk, staff, wish.by, heads)
  return heads.length === 0
    ? { kind: 'nothing', words: { key: 'cases-desk.search-nobody' } }
    : found(heads)

  async function found(cases: readonly CaseHead[]): Promise<SearchResult> {
    const opened = await openApplications(
      db,
      vault,
      cases.map(({ id }) => id),
    )
    const nameOf = ({ id }: CaseHead) => maskName(opened.get(id)?.applicant.name ?? '')
    return { kind: 'found', cases: cases.map((head) => ({ head, name: nameOf(head) })) }
  }
}

function wrong(
  key: 'cases-desk.search-slip' | 'cases-desk.search-limit' | 'cases-desk.search-too-many',
): SearchResult {
  return { kind: 'wrong', words: { key } }
}

type Wish =
  | { by: 'identity'; value: string }
  | { by: 'mobile'; value: string }
  | { by: 'name or business'; value: string }

/** What was typed can be looked for by; null: it is nothing of that, or too little. */
function readWish(typed: string, now: string): Wish | { problem: Text } | null {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/g, '')
  if (/\d{15}/.test(digits)) {
    const identity = checkIdentityNumber(typed, now)
    return identity.ok
      ? { by: 'identity', value: identity.value }
      : { problem: problemText('identity', identity) }
  }
  const mobile = checkMobile(typed)
  if (mobile.ok) return { by: 'mobile', value: mobile.value }
  const letters = businessWords(typed)
  // A piece of a number names too many, and no business.
  if ([...letters].length < 2 || /^\d+$/.test(letters)) return null
  return { by: 'name or business', value: typed.trim() }
}

async function look(
  { db, vault, pack }: CaseDeskContext,
  staff: StaffMember,
  { by, value }: Wish,
): Promise<CaseHead[] | 'too-many'> {
  const programme = pack.programme.id
  if (by === 'identity') {
    return findStaffCasesOf(db, vault, staff, { programme, identityNumber: value })
  }
  const districts = staff.district === null ? pack.places.own.map(({ id }) => id) : [staff.district]
  const where = { programme, districts }
  if (by === 'mobile') return findCasesByMobile(db, vault, where, value)
  const [named, called] = await Promise.all([
    findCasesByName(db, vault, where, value),
    findCasesByBusiness(db, vault, where, value),
  ])
  if (named === 'too-many') return named
  const words = businessWords(value)
  const candidates = called === 'too-many' ? [] : called
  const opened = await openApplications(
    db,
    vault,
    candidates.map(({ id }) => id),
  )
  const holds = candidates.filter(({ id }) => {
    const name = opened.get(id)?.answers['enterpriseName']
    return typeof name === 'string' && businessWords(name).includes(words)
  })
  if (called === 'too-many' && named.length === 0) return called
  return [...named, ...holds.filter(({ id }) => !named.some((one) => one.id === id))]
}

/** Who looked by what, and which applications it found: never for whom. */
async function note(
  { db, now }: CaseDeskContext,
  staff: StaffMember,
  by: By,
  found: readonly CaseHead[],
): Promise<void> {
  const entry = { at: now(), actor: staff.id, action: 'case.searched', reason: `by ${by}` } as const
  const subjects = found.length === 0 ? ['-'] : found.map((one) => one.number)
  const entries = subjects.map((subject) => ({ ...entry, subject: `case:${subject}` as const }))
  await writeAudited(db, entries, [])
}
