import type { LoadedCase } from '../../../db/cases/case-file.ts'
import type { StaffMember } from '../../../db/staff/members.ts'
import { type CaseDeskContext, openMoves, previewAct } from '../act-on-case.ts'
import { proposedDraft } from './move-draft.ts'
import { asksOf } from './move-fields.tsx'

/** By move, what the applicant would be told, as far as it is known before anything is filled in. */
export type CaseNotices = ReadonlyMap<string, Awaited<ReturnType<typeof previewAct>>>

/** What each open move would tell, as its form stands when the page is opened; those that still ask for reasons are left out. */
export async function noticesOf(
  desk: CaseDeskContext,
  staff: StaffMember,
  file: LoadedCase,
): Promise<CaseNotices> {
  const { version } = file.head
  const drafts = openMoves(desk.pack.stages, staff, file).flatMap((move) => {
    const draft = asksOf(move) ? proposedDraft(file, move) : { move: move.id, version }
    return draft === undefined ? [] : [draft]
  })
  const planned = await Promise.all(
    drafts.map(async (draft) => [draft.move, await previewAct(desk, staff, file, draft)] as const),
  )
  return new Map(planned.filter(([, plan]) => plan.ok))
}
