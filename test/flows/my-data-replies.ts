import type { DataIntent, MyDataAsk, MyDataReply } from '../../flows/people/my-data/ask.ts'
import type { AskedField } from '../../flows/programme/form/dialog/asked.ts'

const FIELD: AskedField = {
  kind: 'field',
  id: 'purpose',
  answerKind: 'typed',
  text: 'what for?',
  explain: 'why',
  options: [],
  canSkip: true,
  canBeUnsure: true,
}
const OPTIONS = [
  { id: 'a', name: '甲' },
  { id: 'b', name: '乙' },
]
const CONSENTS: MyDataReply[] = [
  { kind: 'consents', granted: [], number: null },
  { kind: 'consents', granted: ['prescreen', 'application', 'sensitive'], number: 'X' },
]
const CORRECTABLE: MyDataReply[] = [
  { kind: 'draft' },
  { kind: 'nothing' },
  { kind: 'too-late', number: 'X', stage: 'accepted' },
  {
    kind: 'correctable',
    number: 'X',
    review: {
      kind: 'review',
      lines: [{ key: 'purpose', label: '用途', line: '1. 用途：炒茶机' }],
    },
  },
]

/** Every kind of answer that the world may give to the flow about one's own data. */
export function myDataReplies(ask: MyDataAsk | DataIntent): readonly MyDataReply[] {
  switch (ask.kind) {
    case 'overview':
      return [{ kind: 'overview', lines: ['all of it'] }]
    case 'data.copy':
      return [
        { kind: 'copied', receipt: 'R', url: 'https://chat.test/x', minutes: 10 },
        { kind: 'copy-elsewhere', url: 'https://chat.test/#go=x', minutes: 10 },
      ]
    case 'consents':
      return CONSENTS
    case 'data.withdraw': {
      const done = { kind: 'withdrawn', receipt: 'R', purpose: ask.purpose } as const
      return [{ ...done, number: null }, { ...done, number: 'X' }, ...CONSENTS]
    }
    case 'correctable':
      return CORRECTABLE
    case 'field':
      return [
        { kind: 'field', changes: {}, field: FIELD },
        { kind: 'field', changes: {}, field: { ...FIELD, answerKind: 'yes-no' } },
        { kind: 'field', changes: {}, field: { ...FIELD, answerKind: 'one-of', options: OPTIONS } },
        {
          kind: 'field',
          changes: {},
          field: { ...FIELD, answerKind: 'some-of', options: OPTIONS },
        },
        { kind: 'by-staff', label: '身份证号码' },
        { kind: 'not-consented', label: '重点人员' },
      ]
    case 'data.correct':
      return [
        { kind: 'problem', problem: { text: 'no' } },
        { kind: 'which', options: OPTIONS },
        { kind: 'corrected', receipt: 'R', number: 'X', note: { text: 'note' } },
      ]
    case 'erasure':
      return [{ kind: 'erasure', goes: ['talk'], keeps: ['case'] }]
    case 'data.erase':
      return [{ kind: 'erased', receipt: 'R' }]
  }
}
