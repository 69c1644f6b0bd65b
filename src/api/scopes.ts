import type { StaffRole } from '../../db/staff/roles.ts'
import { type Action, may } from '../kernel/permissions.ts'

/** What a key may be let in for, and the action that its role must have for it; null: no role is needed. */
export const SCOPES = {
  'applications:read': 'cases.read',
  'applications:move': 'cases.decide',
  reveal: 'cases.reveal',
  'vouchers:read': 'vouchers.read',
  'events:read': 'events.read',
  'ledger:read': 'ledger.read',
  'tipoffs:count': 'tipoffs.read',
  'answers:ask': null,
} as const satisfies Record<string, Action | null>

export type Scope = keyof typeof SCOPES

/** Every scope, in the order in which they are shown. */
export const SCOPE_NAMES = Object.keys(SCOPES).filter(isScope)

/** The roles that a key can have: nobody's who looks after accounts, and no provider's. */
export const KEY_ROLES = [
  'district-reviewer',
  'city-reviewer',
  'finance',
  'publicity',
  'auditor',
  'supervision',
] as const satisfies readonly StaffRole[]

/** Whether this is one of the scopes. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text)
}

/** Whether a key of this role and district can have a scope: tip-offs belong to no district. */
export function canHave(
  { role, district }: { role: StaffRole; district: string | null },
  scope: Scope,
): boolean {
  const action = SCOPES[scope]
  if (scope === 'tipoffs:count' && district !== null) return false
  return action === null || may({ role }, action)
}

/** Whether a key has a scope that its role still allows. */
export function isAllowed(
  key: { role: StaffRole; district: string | null; scopes: readonly string[] },
  scope: Scope,
): boolean {
  return key.scopes.includes(scope) && canHave(key, scope)
}
