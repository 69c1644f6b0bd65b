import * as z from 'zod'
import { listStaffAsks } from '../../../db/staff/asks.ts'
import { findStaff, listStaff, type StaffMember } from '../../../db/staff/members.ts'
import { listProviders } from '../../../db/vouchers/providers.ts'
import { draftOf, type FormDraft, withProblem } from '../../console/form.ts'
import { type ActionOutcome, action, nothing, type PageRequest, page } from '../../console/page.ts'
import type { ConsoleRoute } from '../../console/route.ts'
import { listPlaces } from '../../kernel/places.ts'
import { agreeAccess, askAccess } from './act-access.ts'
import { askSupervision } from './act-supervision.ts'
import { changePlace, checkPlace, InvitationForm, invite, PlaceForm, shutOut } from './commands.ts'
import { LinkPage } from './link-page.tsx'
import { StaffListPage } from './list-page.tsx'
import { MemberPage } from './member-page.tsx'

const ReasonForm = z.object({ reason: z.string() })
const AskForm = z.object({ ask: z.string() })

type MemberRequest = PageRequest<'id'>

const findMember = ({ deps, params }: MemberRequest) => findStaff(deps.db, { id: params.id })

/** The people who work here: list, invite, role and place, shut out, new link, new authenticator. */
export const staffRoutes: readonly ConsoleRoute[] = [
  page('staff.read', '/console/staff', nothing, (_, request) => showList(request, draftOf({}))),
  action('staff.change', '/console/staff', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const form = await request.form(InvitationForm)
    if (!form.ok) return { status: 400, page: await showList(request, form.draft) }
    const place = checkPlace(form.data, await listPlaces(deps, view.locale))
    if (!place.ok) {
      const draft = withProblem(form.draft, place.field, view.t(place.problem))
      return { status: 400, page: await showList(request, draft) }
    }
    const { name, email } = form.data
    const link = await invite(deps, staff, { name, email, ...place.value })
    if (link !== 'taken' && link !== 'alone') return showLink(request, link.url, name)
    const field = link === 'taken' ? 'email' : 'role'
    const draft = withProblem(form.draft, field, view.t(`console.invite-${link}`))
    return { status: 409, page: await showList(request, draft) }
  }),
  page('staff.read', '/console/staff/:id', findMember, (member, request) =>
    showMember(request, member, null),
  ),
  change('place', async (request, member) => {
    const { deps, staff, view } = request
    const form = await request.form(PlaceForm)
    if (!form.ok) return { status: 400, page: await showMember(request, member, form.draft) }
    const place = checkPlace(form.data, await listPlaces(deps, view.locale))
    if (!place.ok) {
      const draft = withProblem(form.draft, place.field, view.t(place.problem))
      return { status: 400, page: await showMember(request, member, draft) }
    }
    const done = await changePlace(deps, staff, member, place.value, form.data.reason)
    return done === 'done' ? null : notAlone(request, member)
  }),
  change('shut-out', async (request, member) => {
    const { reason } = await request.read(ReasonForm)
    const out = member.disabledAt === null
    const done = await shutOut(request.deps, request.staff, member, out, reason)
    return done === 'done' ? null : notAlone(request, member)
  }),
  change('authenticator', async ({ deps, staff }, member) => {
    await askAccess(deps, staff, member, 'authenticator')
    return null
  }),
  change('link', async (request, member) => {
    if (member.disabledAt !== null) return 'conflict'
    const link = await askAccess(request.deps, request.staff, member, 'link')
    return link === null ? null : showLink(request, link, member.name)
  }),
  change('supervision', async ({ deps, staff }, member) => {
    if (member.disabledAt !== null || member.role === 'supervision') return 'conflict'
    await askSupervision(deps, staff, member)
    return null
  }),
  change('agree', async (request, member) => {
    if (member.disabledAt !== null) return 'conflict'
    const { ask } = await request.read(AskForm)
    const done = await agreeAccess(request.deps, request.staff, member, ask)
    if (done === 'refused') return 'conflict'
    if (done === 'not-alone') return notAlone(request, member)
    return done.link === null ? null : showLink(request, done.link, member.name)
  }),
]

/** A change to somebody; null is what came of it where nothing needs to be shown. */
function change(
  name: 'place' | 'shut-out' | 'authenticator' | 'link' | 'supervision' | 'agree',
  act: (request: MemberRequest, member: StaffMember) => Promise<ActionOutcome | null>,
): ConsoleRoute {
  return action(
    'staff.change',
    `/console/staff/:id/${name}`,
    findMember,
    async (member, request) => {
      // Nobody can lock themselves out, or give themselves another role.
      if (member.id === request.staff.id) return 'forbidden'
      return (await act(request, member)) ?? `/console/staff/${member.id}`
    },
  )
}

async function showList({ deps, view }: PageRequest, draft: FormDraft) {
  return (
    <StaffListPage
      view={view}
      members={await listStaff(deps.db)}
      places={await listPlaces(deps, view.locale)}
      providers={await listProviders(deps.db, deps.programme)}
      draft={draft}
    />
  )
}

async function showMember(
  { deps, view }: PageRequest,
  member: StaffMember,
  draft: FormDraft | null,
  refused = false,
) {
  return (
    <MemberPage
      view={view}
      member={member}
      asks={await listStaffAsks(deps.db, member.id, view.now)}
      places={await listPlaces(deps, view.locale)}
      providers={await listProviders(deps.db, deps.programme)}
      draft={draft}
      refused={refused}
    />
  )
}

async function notAlone(request: PageRequest, member: StaffMember): Promise<ActionOutcome> {
  return { status: 409, page: await showMember(request, member, null, true) }
}

function showLink({ view }: PageRequest, link: string, name: string): ActionOutcome {
  return { status: 200, page: <LinkPage view={view} link={link} name={name} /> }
}
