import { type LoadedCase, loadCaseFile } from '../../../db/cases/case-file.ts'
import { createPages, type PageRequest } from '../../console/page.ts'
import { type View, viewOf } from '../../console/view.ts'
import { type CaseDeskContext, caseWorldOf } from '../act-on-case.ts'

/** A view with the programme of today, whose applications these are. */
export type DeskView = View & { desk: CaseDeskContext }

/** Pages about applications; a programme that takes none has no such pages. */
export const { page, action } = createPages<DeskView>(async (deps, c) => {
  const desk = await caseWorldOf(deps)
  return desk === null ? null : { ...viewOf(deps, c), desk }
})

/** The case that an address names, as far as this person may see it; null: it does not exist for them. */
export async function loadCase({
  view: { desk },
  staff,
  params,
}: PageRequest<'id', DeskView>): Promise<LoadedCase | null> {
  const file = await loadCaseFile(desk.db, desk.vault, params, staff)
  return file?.head.programmeId === desk.pack.programme.id ? file : null
}
