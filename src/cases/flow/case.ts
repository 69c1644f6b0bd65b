import * as z from 'zod'
import { LookUpAsk, type LookUpReply } from '../../../flows/cases/case-lookup/ask.ts'
import { DocumentsAsk, type DocumentsReply } from '../../../flows/cases/documents/ask.ts'
import { StatusAsk, type StatusReply } from '../../../flows/cases/status/ask.ts'
import { SupplementAsk, type SupplementReply } from '../../../flows/cases/supplement/ask.ts'
import type { Locale } from '../../../locales/keys.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Policy } from '../../kernel/policy.ts'
import type { Requester } from '../../kernel/requester.ts'
import { papers } from './case-papers.ts'
import type { CaseScene } from './case-scene.ts'
import { lookUp, showCases, withdrawCase } from './case-status.ts'
import { supplement } from './case-supplement.ts'

const CaseAsk = z.discriminatedUnion('kind', [
  ...StatusAsk.options,
  ...LookUpAsk.options,
  ...SupplementAsk.options,
  ...DocumentsAsk.options,
])
type CaseReply = StatusReply | LookUpReply | SupplementReply | DocumentsReply

/**
 * Answers the flows about a case of this person: status, look-up, supplement and papers. Where the
 * programme takes no applications, there is nothing of each. Throws for a foreign `ask`.
 */
export async function answerCase(
  deps: Deps,
  { pack }: Policy,
  asker: Requester,
  ask: unknown,
  locale: Locale,
): Promise<CaseReply> {
  const asked = CaseAsk.parse(ask)
  const { form, stages } = pack
  if (form === undefined || stages === undefined) return nothingOf(asked.kind)
  const scene: CaseScene = { deps, pack: { ...pack, form, stages }, asker, locale }
  switch (asked.kind) {
    case 'cases':
      return showCases(scene, asked)
    case 'withdraw':
      return withdrawCase(scene, asked.number)
    case 'number':
    case 'look-up':
      return lookUp(scene, asked)
    case 'next-piece':
    case 'said':
    case 'resubmit':
      return supplement(scene, asked)
    case 'papers':
    case 'paper':
    case 'drop-file':
      return papers(scene, asked)
  }
}

function nothingOf(kind: z.infer<typeof CaseAsk>['kind']): CaseReply {
  switch (kind) {
    case 'cases':
      return { kind: 'none' }
    case 'withdraw':
      return { kind: 'not-now' }
    case 'number':
      return { kind: 'no-number', problem: 'malformed', typed: '' }
    case 'look-up':
      return { kind: 'not-found' }
    case 'next-piece':
    case 'said':
    case 'resubmit':
      return { kind: 'nothing', case: null }
    case 'papers':
    case 'paper':
    case 'drop-file':
      return { kind: 'no-papers' }
  }
}
