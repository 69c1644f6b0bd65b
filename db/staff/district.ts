import type { SqlValue } from '../core/database.ts'

/** A condition in SQL and what fills its `?`. */
export type SqlCondition = { sql: string; args: readonly SqlValue[] }

/**
 * Limits rows to what a member of staff may see: their district, or the whole city where they have
 * none. Every query of a staff page has it in its WHERE, so that no row is read that must not be.
 *
 * @example districtFilter(staff, 'c.district') // { sql: 'c.district = ?', args: ['yunyan'] }
 */
export function districtFilter(staff: { district: string | null }, column: string): SqlCondition {
  return staff.district === null
    ? { sql: 'TRUE', args: [] }
    : { sql: `${column} = ?`, args: [staff.district] }
}
