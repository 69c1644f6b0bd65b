import type { PaymentReply } from '../../flows/funds/payment/ask.ts'
import type { AskedField } from '../../flows/programme/form/dialog/asked.ts'

const FIELD: AskedField = {
  kind: 'field',
  id: 'bank',
  answerKind: 'typed',
  text: 'bank?',
  explain: 'why',
  options: [],
  canSkip: false,
  canBeUnsure: false,
}
const OPTIONS = [
  { id: 'own', name: '我' },
  { id: 'other', name: '别人' },
]

const STANDS = { kind: 'stands', texts: [{ text: 'so' }], note: 'a sample' } as const

const BEGUN: readonly PaymentReply[] = [
  { kind: 'none' },
  { kind: 'no-form' },
  { kind: 'not-approved', number: 'X', stage: 'under review', isOver: false },
  { kind: 'not-approved', number: 'X', stage: 'refused', isOver: true },
  { ...STANDS, texts: [...STANDS.texts], asks: true, changes: false },
  { ...STANDS, texts: [...STANDS.texts], asks: false, changes: true },
  { ...STANDS, texts: [...STANDS.texts], asks: false, changes: false },
]

/** Every kind of answer to what the flow of the account to pay to asks or has done. */
export function paymentReplies(
  kind: 'begin' | 'next' | 'said' | 'payment.give',
): readonly PaymentReply[] {
  switch (kind) {
    case 'begin':
      return BEGUN
    case 'next':
      return [
        { kind: 'asked', answers: {}, field: FIELD },
        {
          kind: 'asked',
          answers: {},
          field: { ...FIELD, answerKind: 'one-of', options: OPTIONS, answer: '我' },
        },
        {
          kind: 'reviewed',
          answers: { bank: 'x' },
          review: { kind: 'review', lines: [{ key: 'bank', label: '开户银行', line: '1. x' }] },
        },
      ]
    case 'said':
      return [
        { kind: 'heard', answers: { bank: 'x' }, note: { text: 'note' } },
        { kind: 'problem', problem: { text: 'no' }, typed: 'x' },
        { kind: 'which', options: OPTIONS },
      ]
    case 'payment.give':
      return [
        { kind: 'given', number: 'X', doubt: null },
        { kind: 'given', number: 'X', doubt: 'change' },
        { kind: 'given', number: 'X', doubt: 'other-holder' },
        { kind: 'same', number: 'X' },
        ...BEGUN,
      ]
  }
}
