import * as z from 'zod'
import { writeAudited } from '../../../../db/staff/audit.ts'
import {
  agreeDisclosure,
  askDisclosure,
  type Disclosure,
  findDisclosure,
  listDisclosures,
} from '../../../../db/staff/disclosures.ts'
import type { StaffMember } from '../../../../db/staff/members.ts'
import { isSamePerson } from '../../../../flows/programme/lifecycle/machine.ts'
import { draftOf, type FormDraft, line } from '../../../console/form.ts'
import { ROWS } from '../../../console/lists.tsx'
import { DISCLOSURES_PATH, LOOKS_A_DAY, looksToday } from '../../../console/looks.ts'
import { action, nothing, type PageRequest, page } from '../../../console/page.ts'
import type { ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
import { commitOnce } from '../../../kernel/commit/commit.ts'
import { may } from '../../../kernel/permissions.ts'
import { listPlaces } from '../../../kernel/places.ts'
import { tellStaff } from '../../../kernel/staff/tell-staff.ts'
import { DisclosuresPage, REASON } from './page.tsx'

const ReasonForm = z.object({ reason: line('disclosures.reason', REASON) })

/** So long a second person may agree. */
const HOURS = 24

/** Whether somebody may agree: another person, also by name, of the same district or of the city. */
function mayAgree(staff: StaffMember, asked: Disclosure, now: string): boolean {
  return (
    may(staff, 'disclosures.agree') &&
    !isSamePerson(asked.askedBy, staff) &&
    asked.agreedBy === null &&
    asked.usedOn === null &&
    asked.expiresAt > now &&
    (staff.district === null || staff.district === asked.district)
  )
}

/** What gives out many people at once: who asked for it, what for, who agreed; agreeing, and asking to look at more. */
export const disclosureRoutes: readonly ConsoleRoute[] = [
  page('disclosures.read', DISCLOSURES_PATH, nothing, (_, request) => {
    const has = (name: string) => request.c.req.query(name) !== undefined
    return show(request, has('asked') ? 'asked' : has('agreed') ? 'agreed' : null)
  }),
  // To look at more people today than one may alone.
  action('disclosures.read', DISCLOSURES_PATH, nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(ReasonForm)
    if (!form.ok) return { status: 400, page: await show(request, null, form.draft) }
    const { reason } = form.data
    const id = deps.newId()
    const asked = {
      id,
      kind: 'looks' as const,
      askedBy: staff.id,
      scope: '',
      district: staff.district,
      people: LOOKS_A_DAY,
      reason,
      askedAt: view.now,
      expiresAt: new Date(Date.parse(view.now) + HOURS * 3_600_000).toISOString(),
    }
    const entry = { at: view.now, actor: staff.id, action: 'disclosure.asked' } as const
    const subject = `disclosure:${id}` as const
    await writeAudited(deps.db, [{ ...entry, subject, reason }], [askDisclosure(asked)])
    return `${DISCLOSURES_PATH}?asked` as const
  }),
  action(
    'disclosures.agree',
    `${DISCLOSURES_PATH}/:id/agree`,
    ({ deps, params, staff }) => findDisclosure(deps.db, staff, params.id),
    async (asked, { deps, staff, view }) => {
      const done = mayAgree(staff, asked, view.now) && (await agree(deps, staff, asked))
      if (!done) return 'conflict'
      deps.wake()
      return `${DISCLOSURES_PATH}?agreed`
    },
  ),
]

async function show(
  { deps, query, staff, view }: PageRequest,
  done: 'asked' | 'agreed' | null,
  draft: FormDraft = draftOf({}),
) {
  const asked = { limit: ROWS, cursor: query('page') }
  const page = await listDisclosures(deps.db, staff, asked)
  return (
    <DisclosuresPage
      view={view}
      page={page}
      rows={page.rows.map((row) => ({ ...row, agrees: mayAgree(staff, row, view.now) }))}
      places={await listPlaces(deps, view.locale)}
      looks={await looksToday(deps, staff.id)}
      done={done}
      draft={draft}
    />
  )
}

/** False where somebody was faster. Administrators and who asked are told. */
async function agree(
  deps: ConsoleDeps,
  by: StaffMember,
  { id, askedBy, kind, people, reason }: Disclosure,
) {
  const at = deps.now()
  const told = (key: 'toldAgreed' | 'toldYours', whose: Parameters<typeof tellStaff>[1]) =>
    tellStaff(deps, whose, (locale) => {
      const what = deps.translate(locale, `disclosures.kind-${kind}`)
      const params = { by: by.name, name: askedBy.name, what, people, reason }
      return { text: deps.translate(locale, `disclosures.${key}`, params), quickReplies: [] }
    })
  return commitOnce<boolean>(deps.db, {
    result: true,
    write: [
      agreeDisclosure(id, by.id, at),
      ...(await told('toldAgreed', { role: 'admin' })),
      ...(await told('toldYours', { staffId: askedBy.id })),
    ],
    audit: [
      {
        at,
        actor: by.id,
        action: 'disclosure.agreed',
        subject: `disclosure:${id}`,
        reason: `asked by ${askedBy.id}`,
      },
    ],
    means: () => false,
  })
}
