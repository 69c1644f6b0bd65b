import { ConstraintError } from '../../../../db/core/database.ts'
import { writeAudited } from '../../../../db/staff/audit.ts'
import {
  agreeDisclosure,
  askDisclosure,
  type Disclosure,
  findDisclosure,
  listDisclosures,
} from '../../../../db/staff/disclosures.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { readFields } from '../../../console/form.ts'
import { DISCLOSURES_PATH, LOOKS_A_DAY, looksToday } from '../../../console/looks.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { viewOf } from '../../../console/view.ts'
import { may } from '../../../kernel/permissions.ts'
import { listPlaces } from '../../../kernel/places.ts'
import { tellStaff } from '../../../kernel/staff/tell-staff.ts'
import { DisclosuresPage, REASON } from './page.tsx'

const LISTED = 100
/** So long a second person may agree. */
const HOURS = 24

/** Whether somebody may agree: another person, of the same district or of the city. */
function mayAgree(staff: StaffMember, asked: Disclosure, now: string): boolean {
  return (
    may(staff, 'disclosures.agree') &&
    asked.askedBy.id !== staff.id &&
    asked.agreedBy === null &&
    asked.usedOn === null &&
    asked.expiresAt > now &&
    (staff.district === null || staff.district === asked.district)
  )
}

/** What gives out many people at once: who asked for it, what for, who agreed; agreeing, and asking to look at more. */
export function disclosureRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const show = async (c: ConsoleContext, done: 'asked' | 'agreed' | 'reason' | null) => {
    const staff = c.get('staff')
    const [now, view] = [deps.now(), viewOf(deps, c)]
    const all = await listDisclosures(deps.db, staff, LISTED)
    return c.html(
      <DisclosuresPage
        view={view}
        rows={all.map((row) => ({ ...row, agrees: mayAgree(staff, row, now) }))}
        places={await listPlaces(deps, c.get('locale'))}
        looks={await looksToday(deps, staff.id)}
        done={done}
      />,
      done === 'reason' ? 400 : 200,
    )
  }
  return [
    {
      method: 'GET',
      path: DISCLOSURES_PATH,
      rule: 'disclosures.read',
      handle: (c) => {
        const asked = c.req.query('asked') !== undefined
        return show(c, asked ? 'asked' : c.req.query('agreed') === undefined ? null : 'agreed')
      },
    },
    {
      // To look at more people today than one may alone.
      method: 'POST',
      path: DISCLOSURES_PATH,
      rule: 'disclosures.read',
      handle: async (c) => {
        const reason = (await readFields(c, ['reason'])).reason.trim()
        if (reason.length < REASON.min || reason.length > REASON.max) return show(c, 'reason')
        const { id: askedBy, district } = c.get('staff')
        const [id, at] = [deps.newId(), deps.now()]
        const asked = {
          ...{ id, kind: 'looks' as const, askedBy, scope: '', district, people: LOOKS_A_DAY },
          ...{ reason, askedAt: at },
          expiresAt: new Date(Date.parse(at) + HOURS * 3_600_000).toISOString(),
        }
        const subject = `disclosure:${id}` as const
        await writeAudited(
          deps.db,
          [{ at, actor: askedBy, action: 'disclosure.asked', subject, reason }],
          [askDisclosure(asked)],
        )
        return c.redirect(`${DISCLOSURES_PATH}?asked`, 303)
      },
    },
    {
      method: 'POST',
      path: `${DISCLOSURES_PATH}/:id/agree`,
      rule: 'disclosures.agree',
      handle: async (c) => {
        const staff = c.get('staff')
        const asked = await findDisclosure(deps.db, staff, c.req.param('id') ?? '')
        if (asked === null) return problemPage(deps, c, 'not-found')
        const done = mayAgree(staff, asked, deps.now()) && (await agree(staff, asked))
        if (!done) return problemPage(deps, c, 'conflict')
        deps.wake()
        return c.redirect(`${DISCLOSURES_PATH}?agreed`, 303)
      },
    },
  ]

  /** False where somebody was faster. Administrators and who asked are told. */
  async function agree(by: StaffMember, { id, askedBy, kind, people, reason }: Disclosure) {
    const at = deps.now()
    const told = (key: 'toldAgreed' | 'toldYours', whose: Parameters<typeof tellStaff>[1]) =>
      tellStaff(deps, whose, (locale) => {
        const what = deps.translate(locale, `disclosures.kind-${kind}`)
        const params = { by: by.name, name: askedBy.name, what, people, reason }
        return { text: deps.translate(locale, `disclosures.${key}`, params), quickReplies: [] }
      })
    try {
      await writeAudited(
        deps.db,
        [
          {
            ...{ at, actor: by.id, action: 'disclosure.agreed' },
            ...{ subject: `disclosure:${id}`, reason: `asked by ${askedBy.id}` },
          },
        ],
        [
          agreeDisclosure(id, by.id, at),
          ...(await told('toldAgreed', { role: 'admin' })),
          ...(await told('toldYours', { staffId: askedBy.id })),
        ],
      )
      return true
    } catch (error) {
      if (error instanceof ConstraintError) return false
      throw error
    }
  }
}
