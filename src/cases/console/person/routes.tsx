import { openCase } from '../../../../db/cases/content.ts'
import { loadPerson } from '../../../../db/cases/person.ts'
import { writeAudited } from '../../../../db/staff/audit.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { loadCase, page } from '../pages.ts'
import { PersonPage } from './person-page.tsx'

/** One person over all channels, from an application of theirs; each look is written down. */
export const personRoutes: readonly ConsoleRoute[] = [
  page('cases.reveal', '/console/cases/:id/person', loadCase, async ({ head }, request) => {
    const { deps, staff, view } = request
    const { db, vault } = view.desk
    const at = deps.now()
    const subject = `case:${head.number}` as const
    await writeAudited(db, [{ at, actor: staff.id, action: 'case.person-opened', subject }], [])
    return (
      <PersonPage
        view={view}
        desk={view.desk}
        head={head}
        name={(await openCase(db, vault, head.id))?.applicant.name ?? null}
        person={head.contactId === null ? null : await loadPerson(db, head.contactId, staff)}
      />
    )
  }),
]
