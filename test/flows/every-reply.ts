import type { AskedQuestion, PrescreenReply } from '../../flows/cases/prescreen/reply.ts'
import type { Intent, PolicyQuery, Query, QueryReply } from '../../flows/engine/queries.ts'
import type { Input } from '../../flows/engine/types.ts'
import type { PolicyAnswer } from '../../flows/knowledge/policy-question/answer.ts'
import { worldReplies } from './world-replies.ts'

const entry: PolicyAnswer = {
  kind: 'entry',
  id: 'x',
  basis: 'plan',
  text: '每户4.5万元。',
  quote: null,
  citations: [{ clause: '2', document: '方案', section: '二、工作目标' }],
  related: [{ id: 'y', question: '还有吗?' }],
}

/** A policy of one answer. */
export const answer = (query: PolicyQuery): PolicyAnswer => {
  if (query.kind === 'policy-answer') return /钱/.test(query.question) ? entry : { kind: 'refused' }
  if (query.kind === 'policy-entry') return query.id === 'x' ? entry : { kind: 'gone' }
  return {
    kind: 'clauses',
    clauses: [{ clause: '2', document: '方案', section: '二', text: '原文' }],
  }
}

const asked = (answerKind: AskedQuestion['answerKind']): AskedQuestion => ({
  kind: 'question',
  id: 'q',
  answerKind,
  text: 'q?',
  explain: 'e',
  options: [
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
  ],
  picked: [],
})

/** One of each kind that a pre-screen may meet. */
const PRESCREEN_REPLIES: readonly PrescreenReply[] = [
  asked('yes-no'),
  asked('number'),
  asked('one-of'),
  asked('some-of'),
  {
    kind: 'verdict',
    id: 'v',
    verdict: 'unknown',
    reasons: [],
    open: ['x'],
    reported: [],
    proofs: [],
    clauses: [],
  },
]

const POLICY_REPLIES: readonly PolicyAnswer[] = [
  entry,
  { ...entry, basis: 'not-stated', citations: [], related: [] },
  { kind: 'sentence', text: 's', citations: entry.citations },
  { kind: 'unsure', candidates: [{ id: 'x', question: 'x' }] },
  { kind: 'guarded', guard: 'noise', name: '' },
  { kind: 'refused' },
  { kind: 'gone' },
]

/** Every kind of answer that the policy or the world may give. */
export function everyReply(query: Query | Intent): readonly QueryReply[] {
  switch (query.kind) {
    case 'prescreen':
    case 'prescreen-typed':
      return PRESCREEN_REPLIES.map((prescreen) => ({ prescreen }))
    case 'policy-clause':
      return [{ policy: answer(query) }, { policy: { kind: 'gone' } }]
    case 'policy-answer':
    case 'policy-entry':
      return POLICY_REPLIES.map((policy) => ({ policy }))
    default:
      return worldReplies(query)
  }
}

/** What else begins something than a flow's own name. */
export const OPENINGS: readonly Input[] = [
  { type: 'choice', value: '!elsewhere:token-of-a-link' },
  { type: 'choice', value: '!link:part' },
  { type: 'choice', value: '!link:yes' },
]
