import type { Move } from '../../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'

const PRACTICE = { kind: 'practice' } as const

/** What most moves have in common: the plan states no time limit for any (facts.md 1.5). */
const PLAIN = {
  reasons: [],
  missing: false,
  notice: null,
  workingDays: null,
  basis: PRACTICE,
  notSameActorAs: [],
} satisfies Partial<Move>

/** Why an application can be refused: who proposes it and who decides it name the same reasons. */
const REFUSALS = [
  'elsewhere',
  'conditions',
  'not-true',
  'already-supported',
  'year-used-up',
  'not-reached',
  'other',
]

const list: Move[] = [
  {
    ...PLAIN,
    id: 'submit',
    label: { 'zh-Hans': '提交', en: 'Submit' },
    from: ['draft'],
    to: 'submitted',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    id: 'correct',
    label: { 'zh-Hans': '更正', en: 'Correct' },
    from: ['submitted'],
    to: 'submitted',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    id: 'resubmit',
    label: { 'zh-Hans': '补齐重新提交', en: 'Submit again' },
    from: ['returned'],
    to: 'submitted',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    id: 'withdraw',
    label: { 'zh-Hans': '撤回', en: 'Withdraw' },
    from: [
      'submitted',
      'returned',
      'accepted',
      'district-review',
      'second-look',
      'city-filing',
      'publicity',
      'approved',
    ],
    to: 'withdrawn',
    who: ['applicant'],
  },
  {
    ...PLAIN,
    id: 'accept',
    label: { 'zh-Hans': '受理', en: 'Accept for review' },
    from: ['submitted'],
    to: 'accepted',
    who: ['district-reviewer'],
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 已受理，材料齐了，接下来安排评审。受理不等于批准。\n想看进度，随时回复“进度”。',
      en: 'Your application {{number}} is complete and has been accepted for review. That does not mean approved.\nReply “status” at any time to see where it stands.',
    },
  },
  {
    ...PLAIN,
    id: 'return',
    label: { 'zh-Hans': '退回补正', en: 'Return for supplements' },
    from: ['submitted', 'accepted', 'district-review'],
    to: 'returned',
    who: ['district-reviewer'],
    reasons: ['not-handed-in', 'unreadable', 'differs', 'outdated', 'other'],
    missing: true,
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 还差几样，补上就能接着办，前面填的都在。\n要补的：\n{{missing}}\n原因：\n{{reason}}\n回复“补材料”，我带您一样一样补。',
      en: 'Your application {{number}} still needs a few things. Hand them in and it goes on; all you filled in is kept.\nStill needed:\n{{missing}}\nBecause:\n{{reason}}\nReply “supplement” and I will take you through them one by one.',
    },
  },
  {
    ...PLAIN,
    id: 'begin-review',
    label: { 'zh-Hans': '进入评审', en: 'Begin the review' },
    from: ['accepted'],
    to: 'district-review',
    who: ['district-reviewer'],
    basis: { kind: 'clause', clause: '3.2' },
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 进入区级评审了，由当地扶持微型企业发展领导小组评审。有结果会马上告诉您。',
      en: 'The review of your application {{number}} has begun; the local leading group does it. You will hear the result as soon as there is one.',
    },
  },
  {
    ...PLAIN,
    id: 'file',
    label: { 'zh-Hans': '评审通过，报市备案', en: 'Pass, and file with the city' },
    from: ['district-review'],
    to: 'city-filing',
    who: ['district-reviewer'],
    notice: {
      'zh-Hans': '您的申请 {{number}} 通过了区级评审，已报市微企办备案。还没有最后批准。',
      en: 'Your application {{number}} has passed the district review and is filed with the city. The final approval is still to come.',
    },
  },
  {
    ...PLAIN,
    id: 'publish',
    label: { 'zh-Hans': '备案完成，开始公示', en: 'Filed: publish' },
    from: ['city-filing'],
    to: 'publicity',
    who: ['city-reviewer'],
    notice: {
      'zh-Hans': '您的申请 {{number}} 开始公示。没有异议的话，接下来就是批准。',
      en: 'Your application {{number}} is now on the published list. Without an objection, approval comes next.',
    },
  },
  {
    ...PLAIN,
    id: 'object',
    label: { 'zh-Hans': '退回复核', en: 'Send back to the review' },
    from: ['city-filing', 'publicity'],
    to: 'district-review',
    who: ['district-reviewer', 'city-reviewer'],
    reasons: ['objection', 'filing-incomplete'],
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 退回区里复核，现在在“{{stage}}”这一步。\n原因：\n{{reason}}\n您现在不用做什么，有结果会告诉您。',
      en: 'Your application {{number}} goes back to the district and is again at “{{stage}}”.\nBecause:\n{{reason}}\nThere is nothing for you to do now; you will be told the result.',
    },
  },
  {
    ...PLAIN,
    id: 'approve',
    label: { 'zh-Hans': '批准', en: 'Approve' },
    from: ['publicity'],
    to: 'approved',
    who: ['city-reviewer'],
    notice: {
      'zh-Hans':
        '好消息：您的申请 {{number}} 批准了，接下来由财政部门拨付。怎么办理，请听微企办通知。\n拨款不收任何费用，谁跟您要钱都别给。',
      en: 'Good news: your application {{number}} is approved, and the finance bureau pays next. The office will tell you what to do.\nPayment costs nothing: give money to nobody.',
    },
  },
  {
    ...PLAIN,
    id: 'propose-refusal',
    label: { 'zh-Hans': '拟不予扶持', en: 'Propose not to support' },
    from: ['submitted', 'accepted', 'district-review'],
    to: 'second-look',
    who: ['district-reviewer'],
    reasons: REFUSALS,
  },
  {
    ...PLAIN,
    id: 'go-on',
    label: { 'zh-Hans': '不同意，继续评审', en: 'Disagree: go on with the review' },
    from: ['second-look'],
    to: 'district-review',
    who: ['district-reviewer', 'city-reviewer'],
  },
  {
    ...PLAIN,
    id: 'reject',
    label: { 'zh-Hans': '不予扶持', en: 'Do not support' },
    from: ['second-look'],
    to: 'rejected',
    who: ['district-reviewer', 'city-reviewer'],
    reasons: REFUSALS,
    notSameActorAs: ['propose-refusal'],
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 这次没有通过。\n原因：\n{{reason}}\n对结果有疑问，请到当地微企办当面问清楚；情况变了，可以重新申请。',
      en: 'Your application {{number}} was not approved this time.\nBecause:\n{{reason}}\nIf you disagree or have questions, please ask at your local office. If things change, you can apply again.',
    },
  },
  {
    ...PLAIN,
    id: 'pay',
    label: { 'zh-Hans': '拨付', en: 'Pay' },
    from: ['approved'],
    to: 'paid',
    who: ['finance'],
    notSameActorAs: ['approve'],
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 的补助资金已经拨付。请查一下到账没有，用钱的凭据留好；没到账就问当地微企办。',
      en: 'The subsidy of your application {{number}} has been paid. Please check that it has arrived and keep the receipts for what you spend; if it has not, ask your local office.',
    },
  },
  {
    ...PLAIN,
    id: 'follow-up',
    label: { 'zh-Hans': '转入后续扶持', en: 'Go on to follow-up support' },
    from: ['paid'],
    to: 'follow-up',
    who: ['district-reviewer'],
    basis: { kind: 'clause', clause: '4.3' },
    notice: {
      'zh-Hans':
        '您的申请 {{number}} 已登记到微企办台账，进入“{{stage}}”。有哪些项目可以申请，请问当地微企办。',
      en: 'Your application {{number}} is in the office’s ledger and has reached “{{stage}}”. Ask your local office which projects you can apply for.',
    },
  },
]

/** The moves of a case in Guiyang, and the closed list of reasons. The plan gives neither. */
export const moves: Pick<Stages, 'moves' | 'reasons'> = {
  moves: list,
  reasons: [
    reason('not-handed-in', '材料没有交齐', 'Some papers were not handed in'),
    reason('unreadable', '材料看不清楚', 'Some papers cannot be read'),
    reason('differs', '材料和填写的内容对不上', 'Papers and form do not agree'),
    reason('outdated', '材料过了有效期', 'Some papers have expired'),
    reason('objection', '公示期间有人提出异议', 'Somebody objected to the published list', true),
    reason('filing-incomplete', '报市备案的内容需要核实', 'The filing needs to be checked', true),
    reason(
      'elsewhere',
      '企业不在本区（市、县），请向企业所在地申请',
      'The business is in another place; please apply there',
    ),
    reason(
      'conditions',
      '不符合当地公布的扶持条件',
      'It does not meet the conditions that the place has published',
      true,
    ),
    reason('not-true', '填写的内容经核实不属实', 'What was stated proved not to be so', true),
    reason(
      'already-supported',
      '已经享受过同一项扶持',
      'The same support has been received before',
      true,
    ),
    reason('year-used-up', '本年度的扶持名额已经用完', 'The year’s places are taken'),
    reason('not-reached', '评审排序后没有排上', 'Others came before it in the review'),
    reason('other', '其他原因', 'Another reason', true),
  ],
}

/** `needsNote`: it says too little without words of its own. */
function reason(id: string, chinese: string, english: string, needsNote = false) {
  return { id, name: { 'zh-Hans': chinese, en: english }, needsNote }
}
