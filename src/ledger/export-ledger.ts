import * as z from 'zod'
import type { Statement } from '../../db/core/database.ts'
import { countLedger, type LedgerFilter, readLedger } from '../../db/ledger/ledger.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import {
  askDisclosure,
  type Disclosure,
  discloseAlone,
  findDisclosure,
  useDisclosure,
} from '../../db/staff/disclosures.ts'
import type { StaffMember } from '../../db/staff/members.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import { commitOnce } from '../kernel/commit/commit.ts'
import type { Deps } from '../kernel/deps.ts'
import { tellStaff } from '../kernel/staff/tell-staff.ts'
import type { Value } from '../platform/tables/rows.ts'
import { type LedgerScene, ledgerHeadings, ledgerRow } from './ledger-table.ts'

type World = Pick<Deps, 'db' | 'vault' | 'now' | 'newId' | 'translate' | 'programme' | 'wake'>

/** A reason is at least so many characters long, and at most. */
export const REASON = { min: 4, max: 200 }
/** So many people one person may take in a day without a second; also the bound of `disclosures_alone`. */
export const ALONE = 20
/** So often a day; also the bound of `disclosures_a_day`. */
export const EXPORTS_A_DAY = 3
/** So long a second person may agree, and who asked may fetch. */
const HOURS = 24
const PAGE = 500

const Scope = z.object({ year: z.number(), district: z.string().optional() })

/** What came of asking for whole lines. `id`: the mark that stands in each of them. */
export type Granted = { kind: 'granted'; id: string; filter: LedgerFilter }
export type Withheld = { kind: 'reason' | 'nobody' | 'asked' | 'a-day' | 'gone' | 'grown' }

/**
 * Whole lines of a ledger for somebody who gave a reason: at once where they are few enough for one person, else it is
 * asked for and a second person has to agree. Noted in the audit; administrators are told in their chats.
 */
export async function requestWhole(
  world: World,
  staff: StaffMember,
  filter: LedgerFilter,
  typed: string,
): Promise<Granted | Withheld> {
  const reason = typed.trim()
  if (reason.length < REASON.min || reason.length > REASON.max) return { kind: 'reason' }
  const { cases: people } = await countLedger(world.db, staff, filter)
  if (people === 0) return { kind: 'nobody' }
  const at = world.now()
  const { year, district = staff.district } = filter
  const asked = {
    id: world.newId(),
    kind: 'ledger' as const,
    askedBy: staff.id,
    people,
    reason,
    scope: JSON.stringify({ year, district: district ?? undefined }),
    district,
    askedAt: at,
    expiresAt: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
  }
  const taken = await take(world, staff, asked, discloseAlone(asked, chinaDay(at)))
  if (taken === 'done') return { kind: 'granted', id: asked.id, filter }
  if (taken !== 'disclosures_alone') return { kind: 'a-day' }
  await writeAudited(
    world.db,
    [
      {
        at,
        actor: staff.id,
        action: 'disclosure.asked',
        subject: `disclosure:${asked.id}`,
        reason: `${people}: ${reason}`,
      },
    ],
    [askDisclosure(asked)],
  )
  return { kind: 'asked' }
}

/**
 * The lines that a second person agreed to, once and in time. `grown`: there are more people by now than one may take
 * alone on top of those who were agreed to.
 */
export async function takeAgreed(
  world: World,
  staff: StaffMember,
  id: string,
): Promise<Granted | Withheld> {
  const now = world.now()
  const found = await findDisclosure(world.db, staff, id)
  if (found?.kind !== 'ledger' || found.askedBy.id !== staff.id) return { kind: 'gone' }
  if (found.agreedBy === null || found.usedOn !== null || found.expiresAt <= now) {
    return { kind: 'gone' }
  }
  const { year, district } = Scope.parse(JSON.parse(found.scope))
  const filter = {
    programme: world.programme,
    year,
    ...(district === undefined ? {} : { district }),
  }
  const { cases: people } = await countLedger(world.db, staff, filter)
  if (people === 0) return { kind: 'nobody' }
  if (people > found.people + ALONE) return { kind: 'grown' }
  const use = useDisclosure(id, chinaDay(now))
  const taken = await take(world, staff, { ...found, people }, [use])
  if (taken === 'done') return { kind: 'granted', id, filter }
  return { kind: taken === 'disclosures_used_once' ? 'gone' : 'a-day' }
}

/**
 * The table of a ledger, headings first, a page of it at a time; whole lines only as `requestWhole` and `takeAgreed` granted
 * them.
 */
export async function* ledgerLines(
  world: World,
  staff: StaffMember,
  filter: LedgerFilter,
  scene: LedgerScene,
): AsyncGenerator<readonly Value[]> {
  yield ledgerHeadings(scene)
  for (let after: string | null = ''; after !== null; ) {
    const page = await readLedger(world.db, world.vault, staff, filter, { after, limit: PAGE })
    for (const one of page) yield ledgerRow(scene, one)
    after = page.length < PAGE ? null : (page.at(-1)?.number ?? null)
  }
}

/** Uses it, with its entry and what administrators are told; the name of the condition that forbids it. */
async function take(
  world: World,
  staff: StaffMember,
  { id, people, reason, scope }: Pick<Disclosure, 'id' | 'people' | 'reason' | 'scope'>,
  statements: readonly Statement[],
): Promise<Taken> {
  const { year, district = 'city' } = Scope.parse(JSON.parse(scope))
  const told = await tellStaff(world, { role: 'admin' }, (locale) => ({
    text: world.translate(locale, 'disclosures.toldLedger', {
      name: staff.name,
      count: people,
      year,
      reason,
    }),
    quickReplies: [],
  }))
  const done = await commitOnce<Taken>(world.db, {
    result: 'done',
    write: [...statements, ...told],
    audit: [
      {
        at: world.now(),
        actor: staff.id,
        action: 'ledger.exported-full',
        subject: `ledger:${year}-${district}`,
        reason: `${people}: ${reason} (${id})`,
      },
    ],
    means: {
      disclosures_alone: 'disclosures_alone',
      disclosures_a_day: 'disclosures_a_day',
      disclosures_used_once: 'disclosures_used_once',
    },
  })
  if (done === 'done') world.wake()
  return done
}

type Taken = 'done' | 'disclosures_alone' | 'disclosures_a_day' | 'disclosures_used_once'
