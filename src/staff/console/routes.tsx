import { ConstraintError } from '../../../db/core/database.ts'
import { listStaffAsks } from '../../../db/staff/asks.ts'
import { findStaff, listStaff, type StaffMember } from '../../../db/staff/members.ts'
import { listProviders } from '../../../db/vouchers/providers.ts'
import { formOf } from '../../console/form.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../console/route.ts'
import { viewOf } from '../../console/view.ts'
import { listPlaces } from '../../kernel/places.ts'
import { agreeAccess, askAccess } from './act-access.ts'
import { askSupervision } from './act-supervision.ts'
import { changePlace, invite, parseInvitation, parsePlace, shutOut } from './commands.ts'
import { LinkPage } from './link-page.tsx'
import { StaffListPage } from './list-page.tsx'
import { MemberPage } from './member-page.tsx'

/** The people who work here: list, invite, role and place, shut out, new link, new authenticator. */
export function staffRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const showList = async (c: ConsoleContext, problem?: 'invalid' | 'taken' | 'alone') => {
    if (problem !== undefined) c.status(problem === 'invalid' ? 400 : 409)
    return c.html(
      <StaffListPage
        view={viewOf(deps, c)}
        members={await listStaff(deps.db)}
        places={await listPlaces(deps, c.get('locale'))}
        providers={await listProviders(deps.db, deps.programme)}
        problem={problem}
      />,
    )
  }
  const showLink = (c: ConsoleContext, link: string, name: string) =>
    c.html(<LinkPage view={viewOf(deps, c)} link={link} name={name} />)

  const showMember = async (c: ConsoleContext, member: StaffMember, refused = false) => {
    if (refused) c.status(409)
    return c.html(
      <MemberPage
        view={viewOf(deps, c)}
        member={member}
        asks={await listStaffAsks(deps.db, member.id, deps.now())}
        places={await listPlaces(deps, c.get('locale'))}
        providers={await listProviders(deps.db, deps.programme)}
        refused={refused}
      />,
    )
  }

  /** A change to somebody; null is what came of it where nothing needs to be shown. */
  const change = (
    path: `/console/staff/:id/${string}`,
    act: (c: ConsoleContext, member: StaffMember) => Promise<Response | null>,
  ): ConsoleRoute => ({
    method: 'POST',
    path,
    rule: 'staff.change',
    handle: async (c) => {
      const member = await findStaff(deps.db, { id: c.req.param('id') ?? '' })
      if (member === null) return problemPage(deps, c, 'not-found')
      // Nobody can lock themselves out, or give themselves another role.
      if (member.id === c.get('staff').id) return problemPage(deps, c, 'forbidden')
      try {
        return (await act(c, member)) ?? c.redirect(`/console/staff/${member.id}`, 303)
      } catch (error) {
        if (!isNotAlone(error)) throw error
        return showMember(c, member, true)
      }
    },
  })

  return [
    {
      method: 'GET',
      path: '/console/staff',
      rule: 'staff.read',
      handle: (c) => showList(c),
    },
    {
      method: 'POST',
      path: '/console/staff',
      rule: 'staff.change',
      handle: async (c) => {
        const form = await formOf(c, ['name', 'email', 'role', 'district', 'providerId', 'reason'])
        const invitation = parseInvitation(form, await listPlaces(deps, c.get('locale')))
        if (invitation === null) return showList(c, 'invalid')
        const link = await invite(deps, c.get('staff'), invitation)
        if (link === 'taken' || link === 'alone') return showList(c, link)
        return showLink(c, link.url, invitation.name)
      },
    },
    {
      method: 'GET',
      path: '/console/staff/:id',
      rule: 'staff.read',
      handle: async (c) => {
        const member = await findStaff(deps.db, { id: c.req.param('id') ?? '' })
        if (member === null) return problemPage(deps, c, 'not-found')
        return showMember(c, member)
      },
    },
    change('/console/staff/:id/place', async (c, member) => {
      const form = await formOf(c, ['role', 'district', 'providerId', 'reason'])
      const place = parsePlace(form, await listPlaces(deps, c.get('locale')))
      if (place === null) return problemPage(deps, c, 'invalid')
      await changePlace(deps, c.get('staff'), member, place, form.reason)
      return null
    }),
    change('/console/staff/:id/shut-out', async (c, member) => {
      const { reason } = await formOf(c, ['reason'])
      await shutOut(deps, c.get('staff'), member, member.disabledAt === null, reason)
      return null
    }),
    change('/console/staff/:id/authenticator', async (c, member) => {
      await askAccess(deps, c.get('staff'), member, 'authenticator')
      return null
    }),
    change('/console/staff/:id/link', async (c, member) => {
      if (member.disabledAt !== null) return problemPage(deps, c, 'conflict')
      const link = await askAccess(deps, c.get('staff'), member, 'link')
      return link === null ? null : showLink(c, link, member.name)
    }),
    change('/console/staff/:id/supervision', async (c, member) => {
      if (member.disabledAt !== null || member.role === 'supervision') {
        return problemPage(deps, c, 'conflict')
      }
      await askSupervision(deps, c.get('staff'), member)
      return null
    }),
    change('/console/staff/:id/agree', async (c, member) => {
      if (member.disabledAt !== null) return problemPage(deps, c, 'conflict')
      const { ask } = await formOf(c, ['ask'])
      const done = await agreeAccess(deps, c.get('staff'), member, ask)
      if (done === 'refused') return problemPage(deps, c, 'conflict')
      if (done === 'not-alone') return showMember(c, member, true)
      return done.link === null ? null : showLink(c, done.link, member.name)
    }),
  ]
}

/** Supervision and a deciding or account role would meet in one person, as far as names tell. */
function isNotAlone(error: unknown): boolean {
  return error instanceof ConstraintError && error.columns.includes('staff_supervision_alone')
}
