import type { StaffQuery, StaffReply } from '../../flows/staff/ask.ts'

const PIECE = { kind: 'document', id: 'card', name: '身份证' } as const
const GATES: readonly StaffReply[] = [{ kind: 'stranger' }, { kind: 'locked' }]
const PROBLEM: StaffReply = { kind: 'problem', text: 'no', seen: true }
const HOME: Extract<StaffReply, { kind: 'home' }> = {
  kind: 'home',
  name: '王芳',
  role: '区县审核',
  place: '云岩区',
  until: '22:00',
  waits: { cases: 1, inbox: 1, approvals: 1 },
  canWrite: true,
  acts: true,
  digest: true,
  url: 'https://chat.test/console',
}
const CASE: StaffReply = {
  kind: 'case',
  card: {
    number: 'X1',
    version: 1,
    stage: '已提交',
    lines: ['line'],
    moves: [
      { id: 'accept', name: '受理', reasons: [], pieces: [] },
      {
        id: 'return',
        name: '退回',
        reasons: [{ id: 'other', name: '其他', note: true }],
        pieces: [PIECE],
      },
    ],
    url: 'https://chat.test/console/cases/1',
  },
}

/** Every kind of answer that the world may give to the flow of staff. */
export function staffReplies({ kind }: StaffQuery): readonly StaffReply[] {
  switch (kind) {
    case 'code':
      return [
        { kind: 'code', code: 'i' },
        { kind: 'wrong-code' },
        { kind: 'too-many' },
        { kind: 'not-here' },
      ]
    case 'digits':
      return [
        { kind: 'done' },
        { kind: 'wrong-digits' },
        { kind: 'wrong-code' },
        { kind: 'too-many' },
        { kind: 'stranger' },
      ]
    case 'access':
      return [
        ...GATES,
        { kind: 'not-here' },
        { kind: 'done' },
        { kind: 'access-refused' },
        { kind: 'access', link: null },
        { kind: 'access', link: 'https://chat.test/console/set-up/x' },
      ]
    case 'home':
      return [
        ...GATES,
        { kind: 'not-here' },
        HOME,
        { ...HOME, waits: { cases: null, inbox: null, approvals: null }, acts: false },
      ]
    case 'leave':
      return [{ kind: 'left' }]
    case 'digest':
      return [{ kind: 'done' }]
    case 'queue':
      return [
        ...GATES,
        { kind: 'not-yours' },
        { kind: 'queue', page: 1, pages: 1, total: 0, rows: [] },
        { kind: 'queue', page: 1, pages: 2, total: 11, rows: [{ id: 'X1', name: 'X1' }] },
      ]
    case 'case':
      return [{ kind: 'locked' }, { kind: 'no-case' }, CASE]
    case 'preview':
      return [
        { kind: 'preview', notice: 'n', hidden: false },
        { kind: 'preview', notice: null, hidden: true },
        PROBLEM,
      ]
    case 'act':
      return [
        { kind: 'locked' },
        { kind: 'acted', number: 'X1', stage: '已受理', told: true },
        PROBLEM,
      ]
    case 'begin':
      return [
        { kind: 'not-yours' },
        {
          kind: 'choices',
          id: 'd',
          buttons: [{ id: 'apply', name: '我要申请' }],
          dimensions: [{ id: 'districts', options: [{ id: 'a', name: '甲' }] }],
        },
      ]
    case 'check':
      return [
        {
          kind: 'checked',
          people: 201,
          all: 210,
          optedOut: 5,
          unreachable: 4,
          alone: 200,
          channels: '· a',
          second: true,
          zh: '中',
          en: 'e',
        },
        PROBLEM,
      ]
    case 'test':
      return [{ kind: 'done' }, PROBLEM]
    case 'submit':
      return [{ kind: 'submitted', waiting: true, url: 'https://chat.test/x' }, PROBLEM]
    case 'broadcasts':
      return [
        { kind: 'not-yours' },
        { kind: 'broadcasts', rows: [] },
        { kind: 'broadcasts', rows: [{ id: 'b', name: '宣传月' }] },
      ]
    case 'broadcast':
      return [
        { kind: 'gone' },
        {
          kind: 'broadcast',
          card: {
            id: 'b',
            version: 1,
            title: 't',
            state: 's',
            author: 'a',
            zh: '中',
            en: 'e',
            people: 3,
            whom: 'w',
            deeds: ['approve', 'cancel'],
            url: 'https://chat.test/x',
          },
        },
      ]
    case 'deed':
      return [{ kind: 'done' }, PROBLEM, { kind: 'gone' }]
    case 'inbox':
      return [
        { kind: 'inbox', rows: [] },
        { kind: 'inbox', rows: [{ id: 'h', name: '网页' }] },
      ]
    case 'handoff': {
      const card = { id: 'h', key: 'k', line: 'l', url: 'https://chat.test/x' }
      return [
        { kind: 'gone' },
        {
          kind: 'handoff',
          card: { ...card, words: 'w', takenBy: null, can: ['take', 'answer', 'back'] },
        },
        { kind: 'handoff', card: { ...card, words: null, takenBy: '王芳', can: [] } },
      ]
    }
    case 'handoff-deed':
      return [{ kind: 'done' }, { kind: 'left' }, { kind: 'gone' }]
    case 'answer':
      return [{ kind: 'done' }, PROBLEM, { kind: 'gone' }]
  }
}
