import { findStaffCase } from '../../../db/cases/staff-cases.ts'
import { problemPage } from '../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps } from '../../console/route.ts'
import { type CaseDeskContext, caseWorldOf } from '../act-on-case.ts'
import type { StaffCase } from './load-case.ts'

type Handle = (c: ConsoleContext) => Promise<Response>

/** Gives a route the programme of today. */
export type WithDesk = (
  use: (c: ConsoleContext, desk: CaseDeskContext) => Promise<Response>,
) => Handle

/** Gives a route the case that its address names. */
export type WithCase = (
  use: (c: ConsoleContext, desk: CaseDeskContext, file: StaffCase) => Promise<Response>,
) => Handle

/** Runs with the programme of today; one that takes no applications has no such pages. */
export function createWithDesk(deps: ConsoleDeps): WithDesk {
  return (use) => async (c) => {
    const desk = await caseWorldOf(deps)
    return desk === null ? problemPage(deps, c, 'not-found') : use(c, desk)
  }
}

/** Runs with a case that this person may see; any other does not exist for them. */
export function createWithCase(deps: ConsoleDeps): WithCase {
  const withDesk = createWithDesk(deps)
  return (use) =>
    withDesk(async (c, desk) => {
      const id = c.req.param('id') ?? ''
      const file = await findStaffCase(desk.db, desk.vault, c.get('staff'), { id })
      return file === null || file.head.programmeId !== desk.pack.programme.id
        ? problemPage(deps, c, 'not-found')
        : use(c, desk, file)
    })
}
