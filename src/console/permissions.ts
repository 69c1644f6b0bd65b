import type { StaffRole } from '../../db/staff-roles.ts'

/** All that can be done in the console; a route names exactly one. */
export type Action =
  | 'own-account'
  | 'inbox.read'
  | 'inbox.answer'
  | 'misses.read'
  | 'audit.read'
  | 'staff.read'
  | 'staff.change'

/**
 * Who may do what. An auditor reads everything and changes nothing; whoever decides on money does not
 * look after accounts. Rows are limited further by district (db/staff-district.ts).
 */
const permissions: Readonly<Record<StaffRole, readonly Action[]>> = {
  'district-reviewer': ['own-account', 'inbox.read', 'inbox.answer'],
  'city-reviewer': ['own-account', 'inbox.read', 'inbox.answer', 'misses.read'],
  finance: ['own-account'],
  publicity: ['own-account', 'misses.read'],
  agent: ['own-account', 'inbox.read', 'inbox.answer', 'misses.read'],
  provider: ['own-account'],
  auditor: ['own-account', 'inbox.read', 'misses.read', 'audit.read', 'staff.read'],
  admin: [
    'own-account',
    'inbox.read',
    'inbox.answer',
    'misses.read',
    'audit.read',
    'staff.read',
    'staff.change',
  ],
}

/** True where somebody of this role may do it. */
export function may(staff: { role: StaffRole }, action: Action): boolean {
  return permissions[staff.role].includes(action)
}
