import type { Move, Stage } from '../../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'

const CLAUSE = { kind: 'clause', clause: '6' } as const
const PRACTICE = { kind: 'practice' } as const

type Words = Stage['label']
const NOTHING: Words = {
  'zh-Hans': '现在不用做什么，等通知。',
  en: 'Nothing for now; you will be told.',
}

const stage = (
  id: string,
  label: Words,
  meaning: Words,
  next: Words,
  more: Partial<Stage> = {},
): Stage => ({
  id,
  label,
  meaning,
  next,
  todo: NOTHING,
  decides: null,
  basis: PRACTICE,
  final: false,
  outcome: null,
  path: true,
  ...more,
})

const move = (
  id: string,
  label: Words,
  from: readonly string[],
  to: string,
  who: Move['who'],
  more: Partial<Move> = {},
): Move => ({
  id,
  label,
  from: [...from],
  to,
  who,
  reasons: [],
  missing: false,
  notice: null,
  workingDays: null,
  basis: PRACTICE,
  notSameActorAs: [],
  ...more,
})

/** Five steps from the counter to the till. */
export const stages: Stages = {
  numbering: { prefix: 'YX30', districts: { dongqiao: '01', xihe: '02', nanping: '03' } },
  offices: [
    {
      id: 'shop-office',
      name: { 'zh-Hans': '县区小店办', en: 'the district’s shop office' },
      clause: '6',
    },
    { id: 'city', name: { 'zh-Hans': '市小店办', en: 'the city’s shop office' }, clause: '6' },
    { id: 'finance', name: { 'zh-Hans': '财政部门', en: 'the finance bureau' }, clause: '6' },
  ],
  stages: [
    stage(
      'draft',
      { 'zh-Hans': '正在填写', en: 'Being filled in' },
      { 'zh-Hans': '申请还在您手里。', en: 'The application is still with you.' },
      { 'zh-Hans': '填完提交就有编号。', en: 'Hand it in and you get a number.' },
      { path: false },
    ),
    stage(
      'received',
      { 'zh-Hans': '已收件', en: 'Received' },
      { 'zh-Hans': '小店办收到了，正在审核。', en: 'The shop office has it and reviews it.' },
      { 'zh-Hans': '10个工作日内审完。', en: 'The review ends within ten working days.' },
      { decides: 'shop-office', basis: CLAUSE },
    ),
    stage(
      'reviewed',
      { 'zh-Hans': '审核通过', en: 'Reviewed' },
      {
        'zh-Hans': '县区审过了，等市里批准。',
        en: 'The district has passed it; the city has yet to approve.',
      },
      { 'zh-Hans': '市小店办批准。', en: 'The city’s shop office approves.' },
      { decides: 'city', basis: CLAUSE },
    ),
    stage(
      'granted',
      { 'zh-Hans': '已批准', en: 'Granted' },
      { 'zh-Hans': '批准了，等拨付。', en: 'It is granted and will be paid.' },
      { 'zh-Hans': '财政部门拨付。', en: 'The finance bureau pays.' },
      { decides: 'finance', basis: CLAUSE, outcome: 'granted' },
    ),
    stage(
      'settled',
      { 'zh-Hans': '已拨付', en: 'Paid' },
      { 'zh-Hans': '补助已经拨付。', en: 'The money has been paid.' },
      { 'zh-Hans': '办完了。', en: 'All is done.' },
      { outcome: 'granted', final: true, basis: CLAUSE },
    ),
    stage(
      'incomplete',
      { 'zh-Hans': '退回补正', en: 'Returned' },
      {
        'zh-Hans': '还差几样，补上接着办。',
        en: 'Something is missing; hand it in and it goes on.',
      },
      { 'zh-Hans': '补齐后再审核。', en: 'Then it is reviewed again.' },
      { path: false, at: 'received' },
    ),
    stage(
      'second-look',
      { 'zh-Hans': '结果复核', en: 'Result being checked' },
      {
        'zh-Hans': '有了初步意见，另一位工作人员在复核，结果还没有定。',
        en: 'There is a first view of it, which somebody else is checking. Nothing is decided yet.',
      },
      {
        'zh-Hans': '复核完，要么继续审核，要么告诉您结果。',
        en: 'Then the review goes on, or you are told the result.',
      },
      { path: false, at: 'received', decides: 'shop-office' },
    ),
    stage(
      'declined',
      { 'zh-Hans': '没有通过', en: 'Declined' },
      { 'zh-Hans': '这次没有通过。', en: 'It was not granted this time.' },
      { 'zh-Hans': '情况变了可以再申请。', en: 'You can apply again if things change.' },
      { path: false, final: true, outcome: 'refused' },
    ),
    stage(
      'taken-back',
      { 'zh-Hans': '已撤回', en: 'Withdrawn' },
      { 'zh-Hans': '您撤回了申请。', en: 'You withdrew it.' },
      { 'zh-Hans': '想办的时候可以再申请。', en: 'You can apply again whenever you like.' },
      { path: false, final: true, outcome: 'withdrawn' },
    ),
  ],
  moves: [
    move('submit', { 'zh-Hans': '提交', en: 'Submit' }, ['draft'], 'received', ['applicant']),
    move('correct', { 'zh-Hans': '更正', en: 'Correct' }, ['received'], 'received', ['applicant']),
    move('resubmit', { 'zh-Hans': '补齐提交', en: 'Submit again' }, ['incomplete'], 'received', [
      'applicant',
    ]),
    move(
      'withdraw',
      { 'zh-Hans': '撤回', en: 'Withdraw' },
      ['received', 'incomplete', 'second-look', 'reviewed', 'granted'],
      'taken-back',
      ['applicant'],
    ),
    move(
      'return',
      { 'zh-Hans': '退回补正', en: 'Return' },
      ['received'],
      'incomplete',
      ['district-reviewer'],
      {
        reasons: ['unclear'],
        missing: true,
        notice: {
          'zh-Hans':
            '您的申请 {{number}} 还差：\n{{missing}}\n原因：\n{{reason}}\n回复“补材料”接着办。',
          en: 'Your application {{number}} still needs:\n{{missing}}\nBecause:\n{{reason}}\nReply “supplement” to go on.',
        },
      },
    ),
    move(
      'pass',
      { 'zh-Hans': '审核通过', en: 'Pass' },
      ['received'],
      'reviewed',
      ['district-reviewer'],
      {
        workingDays: 10,
        basis: CLAUSE,
        notice: {
          'zh-Hans': '您的申请 {{number}} 审核通过了，等市里批准。',
          en: 'Your application {{number}} has passed the review; the city has yet to approve.',
        },
      },
    ),
    move(
      'propose-decline',
      { 'zh-Hans': '拟不予扶持', en: 'Propose to decline' },
      ['received', 'reviewed'],
      'second-look',
      ['district-reviewer', 'city-reviewer'],
      { reasons: ['unclear', 'other-city'] },
    ),
    move(
      'go-on',
      { 'zh-Hans': '不同意，继续审核', en: 'Disagree: go on' },
      ['second-look'],
      'received',
      ['district-reviewer', 'city-reviewer'],
    ),
    move(
      'decline',
      { 'zh-Hans': '不予扶持', en: 'Decline' },
      ['second-look'],
      'declined',
      ['district-reviewer', 'city-reviewer'],
      {
        reasons: ['unclear', 'other-city'],
        notSameActorAs: ['propose-decline'],
        notice: {
          'zh-Hans': '您的申请 {{number}} 没有通过。原因：\n{{reason}}',
          en: 'Your application {{number}} was not granted. Because:\n{{reason}}',
        },
      },
    ),
    move('grant', { 'zh-Hans': '批准', en: 'Grant' }, ['reviewed'], 'granted', ['city-reviewer'], {
      notice: {
        'zh-Hans': '您的申请 {{number}} 批准了，等财政部门拨付。',
        en: 'Your application {{number}} is granted; the finance bureau will pay.',
      },
    }),
    move(
      'settle',
      { 'zh-Hans': '登记拨付', en: 'Record the payment' },
      ['granted'],
      'settled',
      ['finance'],
      {
        notSameActorAs: ['grant'],
        notice: {
          'zh-Hans': '您的申请 {{number}} 的补助已经拨付。',
          en: 'The money for your application {{number}} has been paid.',
        },
      },
    ),
  ],
  reasons: [
    {
      id: 'unclear',
      name: { 'zh-Hans': '看不清楚', en: 'It cannot be made out' },
      needsNote: false,
    },
    {
      id: 'other-city',
      name: { 'zh-Hans': '店不在本市', en: 'The shop is in another city' },
      needsNote: false,
    },
  ],
  briefNotice: {
    'zh-Hans': '您的申请 {{number}} 有新进展：{{stage}}。',
    en: 'There is news of your application {{number}}: {{stage}}.',
  },
  here: { 'zh-Hans': '现在在这里', en: 'you are here' },
  noTimeLimit: {
    'zh-Hans': '这一步要几天，计划没有写。',
    en: 'The plan does not say how many days this step takes.',
  },
  practice: {
    'zh-Hans': '这一步计划没有写，按通常的办法来。',
    en: 'The plan does not tell this step; it follows usual practice.',
  },
  target: {
    text: {
      'zh-Hans': '全年目标力争10月底前完成。',
      en: 'The year’s targets are to be met by the end of October.',
    },
    clause: '1',
  },
}
