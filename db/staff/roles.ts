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
] as const
export type StaffRole = (typeof STAFF_ROLES)[number]
