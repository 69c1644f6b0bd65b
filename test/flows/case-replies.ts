import type { LookUpAsk, LookUpReply } from '../../flows/cases/case-lookup/ask.ts'
import type {
  DocumentsAsk,
  DocumentsReply,
  DropFileIntent,
} from '../../flows/cases/documents/ask.ts'
import type { StatusReply } from '../../flows/cases/status/ask.ts'
import type {
  Progress,
  RequestedItem,
  ResubmitIntent,
  SupplementAsk,
  SupplementReply,
} from '../../flows/cases/supplement/ask.ts'
import type { CaseSummary } from '../../flows/programme/lifecycle/case-view.ts'

export const NUMBER = 'GY18-02-000012'

/** A returned case. */
export const VIEW: CaseSummary = {
  number: NUMBER,
  district: '南明区',
  brief: false,
  progress: '①已提交（退回补正，现在在这里）',
  stage: '退回补正',
  since: '2018年6月1日',
  meaning: 'meaning',
  next: 'next',
  todo: 'todo',
  decides: 'office',
  reasons: '· because',
  missing: ['身份证'],
  notes: ['no time limit'],
  payment: [{ text: 'not paid yet' }],
  canGiveAccount: true,
  canWithdraw: true,
  canSupplement: true,
  canSendPapers: false,
}

const OPTIONS = [
  { id: 'a', name: '甲' },
  { id: 'b', name: '乙' },
]
const FIELD = {
  kind: 'field' as const,
  id: 'purpose',
  answerKind: 'typed' as const,
  text: 'purpose?',
  explain: 'why',
  options: [],
  canSkip: true,
  canBeUnsure: true,
}
/** What may be asked next: fields, then a paper, then the review; the consent at any time. */
function piecesAfter({ answers, sent, office, sensitive }: Progress): readonly RequestedItem[] {
  const consent: RequestedItem[] = sensitive === null ? [{ kind: 'sensitive' }] : []
  if (Object.keys(answers).length === 0) {
    return [
      FIELD,
      { ...FIELD, answerKind: 'yes-no' },
      { ...FIELD, answerKind: 'some-of', options: OPTIONS },
    ]
  }
  if (sent.length + office.length === 0) {
    const paper = { kind: 'document' as const, id: 'card', name: '身份证', why: 'who' }
    return [{ ...paper, files: 0 }, { ...paper, files: 1 }, ...consent]
  }
  const lines = [
    { key: 'field:purpose', label: '用途', line: '1. 用途：x' },
    { key: 'document:card', label: '身份证', line: '2. 身份证：y' },
  ]
  return [{ kind: 'review', lines }]
}

/** A piece as the world asks for it. */
export function asked(piece: RequestedItem, change: { changed?: boolean; version?: number } = {}) {
  return {
    kind: 'piece' as const,
    caseId: 'case-1',
    number: NUMBER,
    version: 2,
    changed: false,
    piece,
    done: 0,
    of: 2,
    ...change,
  }
}

export const statusReplies: readonly StatusReply[] = [
  { kind: 'none' },
  { kind: 'not-theirs' },
  { kind: 'list', cases: [{ number: NUMBER, stage: '已提交' }] },
  { kind: 'shown', view: VIEW, several: true },
  { kind: 'shown', view: { ...VIEW, brief: true, canWithdraw: false }, several: false },
]
export const withdrawReplies: readonly StatusReply[] = [
  { kind: 'withdrawn', number: NUMBER },
  { kind: 'not-now' },
]

export function lookUpReplies({ kind }: LookUpAsk): readonly LookUpReply[] {
  return kind === 'number'
    ? [
        { kind: 'number', number: NUMBER },
        { kind: 'no-number', problem: 'malformed', typed: 'x' },
      ]
    : [{ kind: 'found', view: VIEW }, { kind: 'not-found' }, { kind: 'too-many' }]
}

export function supplementReplies(ask: SupplementAsk | ResubmitIntent): readonly SupplementReply[] {
  switch (ask.kind) {
    case 'next-piece':
      return [
        ...piecesAfter(ask.progress).map((piece) => asked(piece)),
        { kind: 'nothing', case: null },
        { kind: 'nothing', case: { number: NUMBER, stage: '已提交' } },
      ]
    case 'said':
      return [
        { kind: 'heard', answers: { purpose: 'x' }, note: { text: 'note' } },
        { kind: 'problem', problem: { text: 'no' }, typed: 'x' },
        { kind: 'which', options: OPTIONS },
      ]
    case 'case.resubmit':
      return [
        { kind: 'taken' },
        { kind: 'resubmitted', number: NUMBER, next: 'next', office: ['身份证'] },
      ]
  }
}

export function documentsReplies(ask: DocumentsAsk | DropFileIntent): readonly DocumentsReply[] {
  const none: DocumentsReply = { kind: 'no-papers' }
  switch (ask.kind) {
    case 'papers':
      return [
        none,
        {
          kind: 'papers',
          number: NUMBER,
          note: 'note',
          papers: [{ id: 'card', name: '身份证', files: 1 }],
          returned: true,
        },
      ]
    case 'paper':
      return [
        {
          kind: 'paper',
          caseId: 'case-1',
          document: { id: ask.document, name: '身份证', why: 'who' },
          files: [{ id: 'f1', name: null }],
          removable: true,
        },
      ]
    case 'case.drop-file':
      return [{ kind: 'dropped', attachmentId: ask.attachmentId }, { kind: 'kept' }]
  }
}
