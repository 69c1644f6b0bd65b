import * as z from 'zod'
import type { Statement } from '../../../db/core/database.ts'
import { hashOf } from '../../../db/staff/audit.ts'
import {
  insertStaff,
  moveStaff,
  type StaffMember,
  type StaffPlace,
  setDisabled,
} from '../../../db/staff/members.ts'
import { GIVEN_BY_ONE } from '../../../db/staff/roles.ts'
import type { Locale, MessageKey } from '../../../locales/keys.ts'
import { line, oneOf } from '../../console/form.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { commit, commitOnce } from '../../kernel/commit/commit.ts'
import { tellStaff } from '../../kernel/staff/tell-staff.ts'
import { tellMember } from '../access.ts'
import { planLink } from '../links.ts'

/** The form that says what somebody is here; `reason`: why it is changed. */
export const PlaceForm = z.object({
  role: oneOf('console.roleProblem', GIVEN_BY_ONE),
  district: z.string(),
  providerId: z.string().trim(),
  reason: z.string(),
})

/** The form that invites somebody. */
export const InvitationForm = PlaceForm.extend({
  name: line('console.nameProblem', { max: 60 }),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('console.emailProblem').max(120, 'console.emailProblem')),
})

type Invitation = StaffPlace & { name: string; email: string }

/** Others see what has no district, such as the audit, and so the whole city. */
const IN_DISTRICTS: readonly StaffPlace['role'][] = ['district-reviewer', 'finance', 'agent']

type PlaceChecked =
  | { ok: true; value: StaffPlace }
  | { ok: false; field: 'district' | 'providerId'; problem: MessageKey }

/**
 * Role and place out of a form, or which field does not fit. A district reviewer has a district, a provider its number
 * and nobody else one; the whole city is an empty district.
 */
export function checkPlace(
  form: { role: StaffPlace['role']; district: string; providerId: string },
  places: readonly { id: string }[],
): PlaceChecked {
  const { role } = form
  const district = form.district === '' ? null : form.district
  const providerId = form.providerId === '' ? null : form.providerId
  const no = (field: 'district' | 'providerId', problem: MessageKey): PlaceChecked => ({
    ok: false,
    field,
    problem,
  })
  if (role === 'district-reviewer' && district === null)
    return no('district', 'console.districtNeeded')
  if (district !== null && !places.some(({ id }) => id === district)) {
    return no('district', 'console.districtNeeded')
  }
  if (district !== null && !IN_DISTRICTS.includes(role))
    return no('district', 'console.districtNot')
  if (role === 'provider' && providerId === null) return no('providerId', 'console.providerNeeded')
  if (role !== 'provider' && providerId !== null) return no('providerId', 'console.providerNot')
  return { ok: true, value: { role, district, providerId } }
}

/**
 * Adds somebody and makes their one-time link. `taken`: the mail address is; `alone`: somebody of the same name holds the
 * role supervision, which nobody has beside this one.
 */
export async function invite(
  deps: ConsoleDeps,
  by: StaffMember,
  invitation: Invitation,
): Promise<{ url: string } | 'taken' | 'alone'> {
  const id = deps.newId()
  const { role, district, providerId } = invitation
  const entry = {
    actor: by.id,
    action: 'staff.invited',
    after: await hashOf({ role, district, providerId }),
    reason: role,
  } as const
  return commit<{ url: string } | 'taken' | 'alone'>(deps.db, {
    plan: async () => {
      const row = insertStaff({ id, ...invitation, at: deps.now() })
      const told = await tellOfPlace(deps, 'invited', by, invitation)
      const { result: url, ...planned } = await planLink(deps, id, entry, [row, ...told])
      return { ...planned, result: { url } }
    },
    means: ([broken]) =>
      broken === 'staff.email' ? 'taken' : broken === 'staff_supervision_alone' ? 'alone' : null,
  })
}

/**
 * Tells administrators and those who supervise of a new account, a new role, or an account that is open again: one administrator alone could otherwise be two
 * people, and so the second hand of what takes two.
 */
async function tellOfPlace(
  deps: ConsoleDeps,
  change: 'invited' | 'moved' | 'let-in',
  by: StaffMember,
  { name, role }: { name: string; role: StaffPlace['role'] },
): Promise<Statement[]> {
  const words = (locale: Locale) => ({
    text: deps.translate(locale, `staff.place-${change}`, {
      by: by.name,
      name,
      role: deps.translate(locale, `console.role-${role}`),
    }),
    quickReplies: [],
  })
  const told = await Promise.all(
    (['admin', 'supervision'] as const).map((whose) => tellStaff(deps, { role: whose }, words)),
  )
  return told.flat()
}

/** Gives somebody another role or place; it counts with their next click. */
export async function changePlace(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  place: StaffPlace,
  reason: string,
): Promise<Placed> {
  const at = deps.now()
  const { role, district, providerId } = member
  return commitOnce<Placed>(deps.db, {
    result: 'done',
    write: [
      ...(await tellMember(deps, member.id, 'moved')),
      ...(await tellOfPlace(deps, 'moved', by, { name: member.name, role: place.role })),
      moveStaff(member.id, place, at),
    ],
    audit: [
      {
        at,
        actor: by.id,
        action: 'staff.moved',
        subject: `staff:${member.id}`,
        before: await hashOf({ role, district, providerId }),
        after: await hashOf(place),
        reason: [`${role} → ${place.role}`, reason.trim()].filter((part) => part !== '').join(': '),
      },
    ],
    means: NOT_ALONE,
  })
}

/** Shuts somebody out at once, or lets them in again. */
export async function shutOut(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  out: boolean,
  reason: string,
): Promise<Placed> {
  const at = deps.now()
  const action = out ? 'staff.shut-out' : 'staff.let-in'
  const subject = `staff:${member.id}` as const
  return commitOnce<Placed>(deps.db, {
    result: 'done',
    write: [
      ...(out
        ? await tellMember(deps, member.id, 'shut-out')
        : await tellOfPlace(deps, 'let-in', by, member)),
      ...setDisabled(member.id, out, at),
    ],
    audit: [{ at, actor: by.id, action, subject, reason: reason.trim() || null }],
    means: NOT_ALONE,
  })
}

/** `not-alone`: supervision and a deciding or account role would meet in one person, as far as names tell. */
type Placed = 'done' | 'not-alone'
const NOT_ALONE = { staff_supervision_alone: 'not-alone' } as const
