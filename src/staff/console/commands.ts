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
import type { ConsoleDeps } from '../../console/route.ts'
import { tellMember } from '../access.ts'
import { issueLink } from '../links.ts'

const Place = z.object({ role: z.enum(GIVEN_BY_ONE), district: z.string(), providerId: z.string() })
const Person = z.object({ name: z.string().trim().min(1).max(60), email: z.email().max(120) })

type Place = { id: string }
type PlaceForm = { role: string; district: string; providerId: string }
type Invitation = StaffPlace & { name: string; email: string }

/**
 * Role and place out of a form; null where they do not fit each other. A district reviewer has a
 * district, a provider its number and nothing else a place, the whole city is an empty district.
 */
export function parsePlace(form: PlaceForm, places: readonly Place[]): StaffPlace | null {
  const parsed = Place.safeParse(form)
  if (!parsed.success) return null
  const { role } = parsed.data
  const district = parsed.data.district === '' ? null : parsed.data.district
  const providerId = parsed.data.providerId.trim() === '' ? null : parsed.data.providerId.trim()
  if (district !== null && !places.some(({ id }) => id === district)) return null
  if (role === 'district-reviewer' && district === null) return null
  if ((role === 'provider') !== (providerId !== null)) return null
  if (district !== null && !IN_DISTRICTS.includes(role)) return null
  return { role, district, providerId }
}

/** Others see what has no district, such as the audit, and so the whole city. */
const IN_DISTRICTS: readonly StaffPlace['role'][] = ['district-reviewer', 'finance', 'agent']

/** Somebody to invite out of a form; null where something is missing or does not fit. */
export function parseInvitation(
  form: PlaceForm & { name: string; email: string },
  places: readonly Place[],
): Invitation | null {
  const person = Person.safeParse({ name: form.name, email: form.email.trim().toLowerCase() })
  const place = parsePlace(form, places)
  return person.success && place !== null ? { ...person.data, ...place } : null
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
