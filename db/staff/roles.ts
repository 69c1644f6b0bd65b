/** The offices of people who work here; what each may do is in src/kernel/permissions.ts. */
export const STAFF_ROLES = [
  'district-reviewer',
  'city-reviewer',
  'finance',
  'publicity',
  'agent',
  'provider',
  'auditor',
  'admin',
  'supervision',
] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** The roles that one administrator gives; supervision takes two (db/staff/asks.ts). */
export const GIVEN_BY_ONE = STAFF_ROLES.filter((role) => role !== 'supervision')
