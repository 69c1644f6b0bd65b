import { type GrantFilter, listUnpayable } from '../../db/funds/grants.ts'
import { decidePayee, listPayees, type PayeeLine } from '../../db/funds/payees.ts'
import { writeAudited } from '../../db/staff/audit.ts'
import { chinaDay } from '../../flows/programme/china-time.ts'
import { commit } from '../kernel/commit/commit.ts'
import type { FundStaff } from './context.ts'
import { type FundRefusal, refuse } from './problem.ts'
import { type TellDeps, tellPayee } from './tell-payee.ts'

/** So many are asked for their account with one press. */
const AT_ONCE = 500

/**
 * What a member of staff says to an account that waits: the first yes only notes it, the second one, of somebody else, makes it
 * stand; a no ends it. The person is told of the end.
 */
export function decidePayeeNow(
  deps: TellDeps,
  staff: FundStaff,
  { id, version, yes }: { id: string; version: number; yes: boolean },
): Promise<{ ok: true; line: PayeeLine } | FundRefusal> {
  const { db, vault } = deps
  return commit<{ ok: true; line: PayeeLine } | FundRefusal>(db, {
    plan: async () => {
      const [line] = await listPayees(db, vault, staff, { id })
      if (line === undefined) return { made: refuse({ kind: 'no-such-case' }) }
      if (line.state !== 'asked' && line.state !== 'seen')
        return { made: refuse({ kind: 'decided' }) }
      if (line.version !== version) return { made: refuse({ kind: 'conflict' }) }
      const isFirst = line.state === 'asked'
      if (yes && !isFirst && (line.firstId === staff.id || line.firstBy === staff.name)) {
        return { made: refuse({ kind: 'same-person' }) }
      }
      const at = deps.now()
      const says = yes ? (isFirst ? 'first-yes' : 'second-yes') : 'no'
      const news = says === 'no' ? 'declined' : says === 'second-yes' ? 'stands' : null
      const notice = { id: `notice:payee:${id}:${version}`, payee: line.payee, at }
      return {
        result: { ok: true, line },
        write: [
          ...decidePayee({ id, caseId: line.caseId, version, says, by: staff.id, at }),
          ...(news === null ? [] : await tellPayee(deps, line, { ...notice, news })),
        ],
        audit: [
          {
            at,
            actor: staff.id,
            action: `fund.account-${says === 'no' ? 'declined' : isFirst ? 'seen' : 'agreed'}`,
            subject: `case:${line.number}`,
          },
        ],
      }
    },
    means: ([broken]) =>
      broken === 'fund_payees_version'
        ? refuse({ kind: 'conflict' })
        : broken === 'fund_payees_two_persons'
          ? refuse({ kind: 'same-person' })
          : null,
  })
}

/**
 * Asks those of a list who are to be paid and have given no account; each once a day, however often it is pressed. Resolves
 * to how many were asked.
 */
export async function askForAccounts(
  deps: TellDeps,
  staff: FundStaff,
  filter: Omit<GrantFilter, 'show'>,
): Promise<number> {
  const at = deps.now()
  const people = await listUnpayable(deps.db, staff, filter, AT_ONCE)
  const statements = await Promise.all(
    people.map(({ caseId, ...person }) =>
      tellPayee(deps, person, {
        id: `notice:payee-ask:${caseId}:${chinaDay(at)}`,
        news: 'ask',
        payee: null,
        at,
      }),
    ),
  )
  const asked = statements.filter((one) => one.length > 0).length
  const entry = { at, actor: staff.id, action: 'fund.accounts-asked' } as const
  const subject = `fund:${filter.district ?? 'all'}` as const
  await writeAudited(deps.db, [{ ...entry, subject, reason: String(asked) }], statements.flat())
  return asked
}
