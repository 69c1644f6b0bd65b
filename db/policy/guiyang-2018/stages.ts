import type { Stage } from '../../../flows/programme/lifecycle/stage.ts'
import type { Stages } from '../../../flows/programme/lifecycle/stages.ts'
import { moves } from './moves.ts'
import { places } from './places.ts'

/** GB/T 2260's last two digits; the zones have none, so theirs are ours. */
const ZONES: Readonly<Record<string, string>> = {
  gaoxin: '91',
  jingkai: '92',
  zongbao: '93',
  shuanglong: '94',
}

/**
 * The plan tells no procedure (facts.md 1.5): it names who reviews, who keeps the ledger and whose
 * money it is. All else here is usual practice, and is said to be.
 */
const PRACTICE = { kind: 'practice' } as const

const list: Stage[] = [
  {
    id: 'draft',
    label: { 'zh-Hans': '正在填写', en: 'Being filled in' },
    meaning: {
      'zh-Hans': '申请还在您手里，没有交上去，别人看不到。',
      en: 'The application is still with you. It has not been handed in, and nobody else sees it.',
    },
    next: {
      'zh-Hans': '填完核对一遍，提交后会给您一个编号。',
      en: 'Fill it in, look it over and hand it in; you then get a number.',
    },
    todo: { 'zh-Hans': '把申请填完并提交。', en: 'Complete the application and hand it in.' },
    decides: null,
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: false,
  },
  {
    id: 'submitted',
    label: { 'zh-Hans': '已提交', en: 'Handed in' },
    meaning: {
      'zh-Hans': '申请已经收到，编好了号，等微企办核对。',
      en: 'The application has arrived and has its number; the office has yet to check it.',
    },
    next: {
      'zh-Hans': '微企办核对填写的内容和材料：齐了就受理，不齐会告诉您补哪几样。',
      en: 'The office checks the form and the papers: it accepts them, or says exactly what is missing.',
    },
    todo: {
      'zh-Hans': '现在不用做什么，等通知就行。发现填错了，受理之前可以自己改。',
      en: 'Nothing for now; you will be told. Until it is accepted you can still correct it yourself.',
    },
    decides: 'district-office',
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: true,
  },
  {
    id: 'accepted',
    label: { 'zh-Hans': '已受理', en: 'Accepted for review' },
    meaning: {
      'zh-Hans': '微企办看过了，材料齐，等着安排评审。受理不等于批准。',
      en: 'The office has found it complete and will put it up for review. Accepted does not mean approved.',
    },
    next: {
      'zh-Hans': '排进评审，重点人员创办的优先。',
      en: 'It goes to the review; key groups come first.',
    },
    todo: { 'zh-Hans': '现在不用做什么，等通知就行。', en: 'Nothing for now; you will be told.' },
    decides: 'district-office',
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: true,
  },
  {
    id: 'district-review',
    label: { 'zh-Hans': '区级评审', en: 'District review' },
    meaning: {
      'zh-Hans':
        '当地的扶持微型企业发展领导小组正在评审。方案要求向重点人员倾斜；带动重点人员就业的，同等条件下优先。',
      en: 'The local leading group is reviewing it. The plan gives priority to key groups, and prefers jobs for them, other things being equal.',
    },
    next: {
      'zh-Hans': '评审通过就报市里备案；没通过会告诉您原因。',
      en: 'If it passes, it is filed with the city. If it does not, you are told why.',
    },
    todo: {
      'zh-Hans': '现在不用做什么。工作人员可能会联系您核实情况。',
      en: 'Nothing for now. Staff may contact you to check a detail.',
    },
    decides: 'review-group',
    basis: { kind: 'clause', clause: '3.2' },
    final: false,
    outcome: null,
    path: true,
  },
  {
    id: 'city-filing',
    label: { 'zh-Hans': '市级备案', en: 'City filing' },
    meaning: {
      'zh-Hans': '区里评审通过了，名单报到了市微企办。',
      en: 'The district review went well, and the list is with the city office.',
    },
    next: { 'zh-Hans': '备案之后进行公示。', en: 'After filing, the list is published.' },
    todo: { 'zh-Hans': '现在不用做什么，等通知就行。', en: 'Nothing for now; you will be told.' },
    decides: 'city-office',
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: true,
  },
  {
    id: 'publicity',
    label: { 'zh-Hans': '公示', en: 'Publication' },
    meaning: {
      'zh-Hans': '拟扶持名单正在公示，大家可以提意见。公示几天，方案没有写。',
      en: 'The list of those to be supported is public, and objections can be made. The plan does not say for how many days.',
    },
    next: {
      'zh-Hans': '没有异议就批准；有异议就退回区里复核。',
      en: 'Without an objection it is approved; with one, the district looks at it again.',
    },
    todo: { 'zh-Hans': '现在不用做什么，等通知就行。', en: 'Nothing for now; you will be told.' },
    decides: 'city-office',
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: true,
  },
  {
    id: 'approved',
    label: { 'zh-Hans': '已批准', en: 'Approved' },
    meaning: {
      'zh-Hans': '扶持申请批准了，等财政部门拨付补助资金。',
      en: 'The support is approved; the finance bureau has yet to pay.',
    },
    next: {
      'zh-Hans': '财政部门拨付。怎么拨、拨到哪个账户，方案没有写，听微企办通知。',
      en: 'The finance bureau pays. How, and to which account, the plan does not say; the office will tell you.',
    },
    todo: {
      'zh-Hans': '听微企办通知办理。拨款不收任何费用，谁跟您要钱都别给。',
      en: 'Follow what the office tells you. Payment costs nothing: give money to nobody.',
    },
    decides: 'finance-bureau',
    basis: PRACTICE,
    final: false,
    outcome: 'granted',
    path: true,
  },
  {
    id: 'paid',
    label: { 'zh-Hans': '已拨付', en: 'Paid' },
    meaning: { 'zh-Hans': '补助资金已经拨付。', en: 'The subsidy has been paid.' },
    next: {
      'zh-Hans':
        '微企办登记台账，以后会评估资金用得怎么样。获得直接补助的企业，可以再问后续深度扶持。',
      en: 'The office enters it in its ledger and will later look at how the money was used. Who got the direct subsidy can ask about follow-up support.',
    },
    todo: {
      'zh-Hans': '查一下款到了没有，把用钱的凭据留好。没到就问当地微企办。',
      en: 'Check that the money has arrived, and keep the receipts for what you spend. If it has not, ask your local office.',
    },
    decides: 'district-office',
    basis: { kind: 'clause', clause: '4.3' },
    final: false,
    outcome: 'granted',
    path: true,
  },
  {
    id: 'follow-up',
    label: { 'zh-Hans': '后续扶持', en: 'Follow-up support' },
    meaning: {
      'zh-Hans': '已登记到微企办的台账，进入后续深度扶持。能用在哪些项目上，由当地定。',
      en: 'You are in the office’s ledger and in the follow-up support. What it can be spent on is decided locally.',
    },
    next: {
      'zh-Hans': '微企办会用一定方式评估扶持资金用得有没有效果。',
      en: 'The office looks, in its own way, at whether the money has helped.',
    },
    todo: {
      'zh-Hans': '想申请后续扶持的项目，请问当地微企办。',
      en: 'Ask the office which follow-up projects you can apply for.',
    },
    decides: 'district-office',
    basis: { kind: 'clause', clause: '4.3' },
    final: true,
    outcome: 'granted',
    path: true,
  },
  {
    id: 'returned',
    label: { 'zh-Hans': '退回补正', en: 'Returned for supplements' },
    meaning: {
      'zh-Hans': '还差几样东西，补上就能接着办，前面填的都在。',
      en: 'Something is still missing. Hand it in and things go on; all you filled in is kept.',
    },
    next: {
      'zh-Hans': '您补齐重新提交后，微企办再核对一次。',
      en: 'Once you have handed it in again, the office checks it once more.',
    },
    todo: {
      'zh-Hans': '只补通知里列出的几样，然后重新提交。',
      en: 'Hand in just what the notice lists, then submit again.',
    },
    decides: null,
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: false,
    at: 'submitted',
  },
  {
    id: 'second-look',
    label: { 'zh-Hans': '结果复核', en: 'Result being checked' },
    meaning: {
      'zh-Hans': '这份申请有了初步意见，正由另一位工作人员复核。结果还没有定。',
      en: 'There is a first view of it, which another member of staff is checking. Nothing is decided yet.',
    },
    next: {
      'zh-Hans': '复核完，要么继续评审，要么告诉您结果和原因。',
      en: 'After that the review goes on, or you are told the result and why.',
    },
    todo: { 'zh-Hans': '现在不用做什么，等通知就行。', en: 'Nothing for now; you will be told.' },
    decides: 'district-office',
    basis: PRACTICE,
    final: false,
    outcome: null,
    path: false,
    at: 'district-review',
  },
  {
    id: 'rejected',
    label: { 'zh-Hans': '未予扶持', en: 'Not supported' },
    meaning: {
      'zh-Hans': '这次申请没有通过，原因写在通知里。',
      en: 'This application was not approved; the notice says why.',
    },
    next: {
      'zh-Hans': '这份申请到此结束。情况变了，可以重新申请。',
      en: 'This application ends here. If things change, you can apply again.',
    },
    todo: {
      'zh-Hans': '对结果有疑问，请到当地微企办当面问清楚。',
      en: 'If you disagree or have questions, ask at your local office.',
    },
    decides: null,
    basis: PRACTICE,
    final: true,
    outcome: 'refused',
    path: false,
  },
  {
    id: 'withdrawn',
    label: { 'zh-Hans': '已撤回', en: 'Withdrawn' },
    meaning: { 'zh-Hans': '您撤回了这份申请。', en: 'You withdrew this application.' },
    next: {
      'zh-Hans': '这份申请到此结束。想办的时候可以重新申请。',
      en: 'This application ends here. You can apply again whenever you like.',
    },
    todo: { 'zh-Hans': '不用做什么。', en: 'Nothing.' },
    decides: null,
    basis: PRACTICE,
    final: true,
    outcome: 'withdrawn',
    path: false,
  },
]

/** The way of an application in Guiyang. */
export const stages: Stages = {
  numbering: {
    prefix: 'GY18',
    districts: Object.fromEntries(
      places.own.map(({ id, code }) => [id, code?.slice(-2) ?? ZONES[id] ?? '']),
    ),
  },
  offices: [
    {
      id: 'district-office',
      name: {
        'zh-Hans': '区（市、县）微企办',
        en: 'the district’s micro-enterprise office (微企办)',
      },
      clause: '4.3',
    },
    {
      id: 'review-group',
      name: {
        'zh-Hans': '当地扶持微型企业发展领导小组',
        en: 'the local leading group for micro-enterprises (领导小组)',
      },
      clause: '3.2',
    },
    {
      id: 'city-office',
      name: { 'zh-Hans': '市微企办', en: 'the city’s micro-enterprise office (市微企办)' },
      clause: '4.5',
    },
    {
      id: 'finance-bureau',
      name: { 'zh-Hans': '财政部门', en: 'the finance bureau (财政部门)' },
      clause: '3.1',
    },
  ],
  stages: list,
  ...moves,
  briefNotice: {
    'zh-Hans':
      '您的申请 {{number}} 有新进展，现在是“{{stage}}”。详细内容请到网页聊天里看，这个渠道不放个人信息。',
    en: 'There is news of your application {{number}}: it is now at “{{stage}}”. Please see the web chat for the details; nothing personal is sent here.',
  },
  here: { 'zh-Hans': '现在在这里', en: 'you are here' },
  noTimeLimit: {
    'zh-Hans': '每一步要几天，方案没有写，我不敢替微企办许时间。',
    en: 'The plan does not say how many days a step takes, and I cannot promise any for the office.',
  },
  practice: {
    'zh-Hans': '方案没有写具体步骤，这一步按这类申请通常的办法来，以当地微企办为准。',
    en: 'The plan tells no steps. This one follows the usual practice of such applications; the local office has the last word.',
  },
  target: {
    text: {
      'zh-Hans': '方案只写了全年的目标：力争11月底前完成。那是给各地的任务，不是您这份申请的期限。',
      en: 'The plan has one date: the year’s targets by the end of November, if possible. It is a task for the offices and no deadline for your application.',
    },
    clause: '4.5',
  },
}
