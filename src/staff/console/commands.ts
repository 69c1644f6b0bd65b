import * as z from 'zod'
import { ConstraintError } from '../../../db/core/database.ts'
import { hashOf, writeAudited } from '../../../db/staff/audit.ts'
import {
  insertStaff,
  moveStaff,
  type StaffMember,
  type StaffPlace,
  setDisabled,
} from '../../../db/staff/members.ts'
import { GIVEN_BY_ONE } from '../../../db/staff/roles.ts'
import type { MessageKey } from '../../../locales/keys.ts'
import { line, oneOf } from '../../console/form.ts'
import type { ConsoleDeps } from '../../console/route.ts'
import { tellMember } from '../access.ts'
import { issueLink } from '../links.ts'

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
  try {
    const url = await issueLink(
      deps,
      id,
      {
        actor: by.id,
        action: 'staff.invited',
        after: await hashOf({ role, district, providerId }),
        reason: role,
      },
      [insertStaff({ id, ...invitation, at: deps.now() })],
    )
    return { url }
  } catch (error) {
    if (error instanceof ConstraintError && error.columns[0] === 'staff.email') return 'taken'
    if (error instanceof ConstraintError && error.columns[0] === 'staff_supervision_alone')
      return 'alone'
    throw error
  }
}

/** Gives somebody another role or place; it counts with their next click. */
export async function changePlace(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  place: StaffPlace,
  reason: string,
): Promise<void> {
  const at = deps.now()
  const { role, district, providerId } = member
  await writeAudited(
    deps.db,
    [
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
    [...(await tellMember(deps, member.id, 'moved')), moveStaff(member.id, place, at)],
  )
}

/** Shuts somebody out at once, or lets them in again. */
export async function shutOut(
  deps: ConsoleDeps,
  by: StaffMember,
  member: StaffMember,
  out: boolean,
  reason: string,
): Promise<void> {
  const at = deps.now()
  await writeAudited(
    deps.db,
    [
      {
        at,
        actor: by.id,
        action: out ? 'staff.shut-out' : 'staff.let-in',
        subject: `staff:${member.id}`,
        reason: reason.trim() || null,
      },
    ],
    [
      ...(out ? await tellMember(deps, member.id, 'shut-out') : []),
      ...setDisabled(member.id, out, at),
    ],
  )
}
