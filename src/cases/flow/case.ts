import type { DropFileIntent } from '../../../flows/cases/documents/ask.ts'
import type { WithdrawIntent } from '../../../flows/cases/status/ask.ts'
import type { ResubmitIntent } from '../../../flows/cases/supplement/ask.ts'
import type { Query, QueryReply } from '../../../flows/engine/queries.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import { type Planned, type Requester, under } from '../../kernel/requester.ts'
import { dropFile, papers } from './case-papers.ts'
import type { CaseScene } from './case-scene.ts'
import { lookUp, showCases, withdrawCase } from './case-status.ts'
import { resubmit, supplement } from './case-supplement.ts'

type CaseQuery = Extract<Query, { kind: 'status' | 'lookUp' | 'supplement' | 'documents' }>
type CaseIntent = WithdrawIntent | ResubmitIntent | DropFileIntent

/** What is said of a case where the programme takes no applications: there is nothing of each. */
const NOTHING = {
  status: { kind: 'none' },
  lookUp: { kind: 'not-found' },
  supplement: { kind: 'nothing', case: null },
  documents: { kind: 'no-papers' },
} as const

/** Answers the flows about a case of this person: status, look-up, supplement and papers. */
export async function answerCase(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  query: CaseQuery,
  locale: Locale,
): Promise<QueryReply> {
  const scene = sceneOf(deps, policy, requester, locale)
  switch (query.kind) {
    case 'status':
      return { status: scene === null ? NOTHING.status : await showCases(scene, query.ask) }
    case 'lookUp':
      return { lookUp: scene === null ? NOTHING.lookUp : await lookUp(scene, query.ask) }
    case 'supplement':
      return {
        supplement: scene === null ? NOTHING.supplement : await supplement(scene, query.ask),
      }
    case 'documents':
      return { documents: scene === null ? NOTHING.documents : await papers(scene, query.ask) }
  }
}

/** Plans what applicants do with their own case, upon the case as it is. */
export async function planCase(
  deps: Deps,
  policy: Policy,
  requester: Requester,
  intent: CaseIntent,
  locale: Locale,
): Promise<Planned> {
  const scene = sceneOf(deps, policy, requester, locale)
  switch (intent.kind) {
    case 'case.withdraw':
      return scene === null
        ? { reply: { status: { kind: 'not-now' } } }
        : under(withdrawCase(scene, intent.number), (status) => ({ status }))
    case 'case.resubmit':
      return scene === null
        ? { reply: { supplement: NOTHING.supplement } }
        : under(resubmit(scene, intent.progress), (supplement) => ({ supplement }))
    case 'case.drop-file':
      return scene === null
        ? { reply: { documents: NOTHING.documents } }
        : under(dropFile(scene, intent), (documents) => ({ documents }))
  }
}

function sceneOf(
  deps: Deps,
  { pack }: Policy,
  requester: Requester,
  locale: Locale,
): CaseScene | null {
  const { form, stages } = pack
  return form === undefined || stages === undefined
    ? null
    : { deps, pack: { ...pack, form, stages }, requester, locale }
}
