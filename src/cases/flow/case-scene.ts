import { loadCaseFile } from '../../../db/cases/case-file.ts'
import { type CaseHead, listCasesOf } from '../../../db/cases/cases.ts'
import type { PolicyPack } from '../../../db/policy/pack.ts'
import type { Form } from '../../../flows/programme/form/form.ts'
import { type CaseEvent, canMove } from '../../../flows/programme/lifecycle/application-stages.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Requester } from '../../kernel/requester.ts'

/** Who asks about their case, of a programme that takes applications, in which language. */
export type CaseScene = {
  deps: Deps
  pack: PolicyPack & { form: Form; stages: Stages }
  requester: Requester
  locale: Locale
}

export type CaseFile = { head: CaseHead; events: CaseEvent[] }

/** What applicants act as; their case knows who they are. */
export const APPLICANT = { role: 'applicant', name: null } as const

/** The cases of this person in this programme, the newest first. */
export async function ownCases({ deps, pack, requester }: CaseScene): Promise<CaseHead[]> {
  const cases = await listCasesOf(deps.db, requester.contactId)
  return cases.filter(({ programmeId }) => programmeId === pack.programme.id)
}

/** A case of this very person with its events; null where there is none such. */
export async function openOwnFile(scene: CaseScene, number: string): Promise<CaseFile | null> {
  const { deps, requester } = scene
  const file = await loadCaseFile(deps.db, deps.vault, { number })
  return file === null || file.head.contactId !== requester.contactId ? null : file
}

/** The moves that the applicant may make with a case now, by id. */
export function ownMoves({ pack }: CaseScene, { head, events }: CaseFile): string[] {
  const state = { stage: head.stage, events, actor: APPLICANT }
  return canMove(pack.stages, state).map(({ id }) => id)
}
