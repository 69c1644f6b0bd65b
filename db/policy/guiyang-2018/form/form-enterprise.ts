import type { FormField } from '../../../../flows/programme/form/form-field.ts'
import { facts } from '../facts.ts'

/** Other words people type for an industry. */
const ALIASES: Readonly<Record<string, string[]>> = {
  vegetables: ['种菜', 'vegetable'],
  tea: ['种茶', '茶园', '茶厂'],
  poultry: ['养鸡', '养鸭', '养鹅', '土鸡', 'free-range'],
  mushrooms: ['种菌', '菌菇', '香菇', '竹荪', 'mushroom'],
  herbs: ['种药', '药材', '天麻', 'medicinal herb'],
  'rural-tourism': ['农家乐', '乡村民宿'],
  'leisure-farming': ['采摘园', '观光农业', '农庄'],
  'rural-e-commerce': ['卖土特产', 'e-commerce'],
}

// facts.md 1.4-8: reposted rules of the province, 2012; the code is taken and nobody is refused.
const FORM_NOTE = {
  'zh-Hans':
    '2012年的省里规定列的是个人独资企业、合伙企业、有限责任公司三种，没有列这一类。这是从转载的铜仁、六盘水通知里看到的，2018年方案没有写企业类型。您照样往下填，今天怎么算，请问当地微企办。',
  en: 'The province’s rules of 2012 name three forms: sole proprietorship, partnership and limited liability company, and not this one. We know them only from reprinted notices of Tongren and Liupanshui, and the plan of 2018 names no legal form. Please go on; your local office (微企办) knows what counts today.',
}

/** What the business is, does and needs. */
export const enterpriseFields: FormField[] = [
  {
    id: 'enterpriseName',
    kind: 'text',
    label: { 'zh-Hans': '企业名称', en: 'Name of the business' },
    text: {
      'zh-Hans': '企业叫什么名字？没办执照的，写打算起的名字。',
      en: 'What is the business called? Without a licence yet: what will it be called?',
    },
    explain: {
      'zh-Hans': '有营业执照的，照执照上的“名称”写。',
      en: 'With a licence, type the name that stands on it.',
    },
    limits: { min: 2, max: 60 },
  },
  {
    id: 'registered',
    kind: 'yes-no',
    label: { 'zh-Hans': '已办营业执照', en: 'Has a licence' },
    text: { 'zh-Hans': '营业执照办了吗？', en: 'Do you have the business licence?' },
    explain: {
      'zh-Hans':
        '没办也可以先填。早些年的报道说正常经营几个月以后才申请，今天怎么算，请问当地微企办。',
      en: 'You can go on without one. Earlier reports speak of some months of trading first; ask the local office what counts today.',
    },
    from: {
      question: 'form',
      when: [
        { is: ['not-registered'], value: false },
        {
          is: ['sole', 'partnership', 'company', 'individual', 'cooperative', 'other-form'],
          value: true,
        },
      ],
    },
  },
  {
    id: 'creditCode',
    kind: 'credit-code',
    label: { 'zh-Hans': '统一社会信用代码', en: 'Credit code' },
    text: {
      'zh-Hans': '营业执照上的统一社会信用代码是多少？一共18位。',
      en: 'What is the unified social credit code on the licence? It has 18 characters.',
    },
    explain: {
      'zh-Hans': '在执照左上角或者右上角，由数字和大写字母组成。',
      en: 'It is in an upper corner of the licence: digits and capital letters.',
    },
    askedIf: { op: 'yes', question: 'registered' },
    notes: { individual: FORM_NOTE, cooperative: FORM_NOTE },
  },
  {
    id: 'industry',
    kind: 'one-of',
    label: { 'zh-Hans': '行业', en: 'Line of business' },
    text: {
      'zh-Hans': '您主要做哪一行？',
      en: 'What is your main line of business? If none fits, choose “Another one”.',
    },
    explain: {
      'zh-Hans': '前面几个是方案点名要发展壮大的产业；别的行业，方案没有排除。',
      en: 'The first ones are industries that the plan wants to grow; it does not exclude others.',
    },
    options: [
      ...facts.industries.value.map(({ id, name }) => ({ id, name, aliases: ALIASES[id] ?? [] })),
      {
        id: 'other',
        name: { 'zh-Hans': '别的行业', en: 'Another one' },
        aliases: ['其他', '别的', 'other'],
      },
    ],
    from: { question: 'industry' },
  },
  {
    id: 'industryOther',
    kind: 'text',
    label: { 'zh-Hans': '具体做什么', en: 'What it does' },
    text: {
      'zh-Hans': '具体做什么？一句话说说，比如“开早餐店”。',
      en: 'What does it do? In a few words, for example “breakfast shop”.',
    },
    explain: { 'zh-Hans': '照平常说的写就行。', en: 'In your own words.' },
    askedIf: { op: 'is', question: 'industry', options: ['other'] },
    limits: { min: 2, max: 60 },
  },
  {
    id: 'ownInvestment',
    kind: 'money',
    label: { 'zh-Hans': '自己投入的钱', en: 'Own money put in' },
    text: {
      'zh-Hans': '您自己投进去多少钱？大概就行，比如“10万”。',
      en: 'How much of your own money have you put in, in yuan? Roughly will do, for example “100,000”.',
    },
    explain: {
      'zh-Hans': '不算借来的和补助。2018年方案没有写要投多少，以当地微企办为准。',
      en: 'Without loans and grants. The plan of 2018 sets no amount; your local office has the last word.',
    },
  },
  {
    id: 'employees',
    kind: 'count',
    label: { 'zh-Hans': '干活的人数', en: 'People at work' },
    text: {
      'zh-Hans': '连您自己在内，企业有几个人干活？还没开业的，说打算几个人。',
      en: 'How many people work in the business, you included? If not open yet: how many will?',
    },
    explain: {
      'zh-Hans': '您自己也算一个，长期帮忙的家人也可以算，大概的数就行。',
      en: 'Count yourself and those who work there regularly; a rough number will do.',
    },
    limits: { min: 1, max: 300 },
    from: { question: 'employees' },
  },
  {
    id: 'keyGroupEmployees',
    kind: 'count',
    label: { 'zh-Hans': '带动重点人员就业', en: 'Key-group people employed' },
    text: {
      'zh-Hans': '您请的人里（不算您），有几个是重点人员，比如残疾人、退伍军人？没有就写0。',
      en: 'Of those you employ (not you), how many belong to the key groups? If none, type 0.',
    },
    explain: {
      'zh-Hans':
        '重点人员：大中专毕业生、返乡农民工、复员退伍军人、失业人员、残疾人、低收入人群、农民市民化人员。只要人数，不要名字。',
      en: 'Key groups: graduates, returned migrant workers, veterans, unemployed people, people with disabilities, people on low incomes, new urban residents. The number only, no names.',
    },
    unsure: true,
    askedIf: { op: 'at-least', question: 'employees', value: 2 },
    limits: { lessThan: 'employees' },
    from: { question: 'group-jobs' },
  },
  {
    id: 'cooperationModel',
    kind: 'one-of',
    label: { 'zh-Hans': '合作经营模式', en: 'Way of working together' },
    text: {
      'zh-Hans': '您和别人合作经营吗？是哪一种？',
      en: 'Do you work together with others in one of these ways? If not, choose “None”.',
    },
    explain: {
      'zh-Hans': '这三种是方案里举的例子；没有合作也照样可以申请。',
      en: 'The plan gives these three as examples; you can apply without any.',
    },
    options: [
      ...facts.cooperationModels.value,
      {
        id: 'none',
        name: { 'zh-Hans': '没有合作', en: 'None' },
        aliases: ['自己干', '单干', '独自', 'alone'],
      },
    ],
    unsure: true,
  },
  {
    id: 'purpose',
    kind: 'text',
    label: { 'zh-Hans': '钱打算用在哪里', en: 'What the money is for' },
    text: {
      'zh-Hans': '得到扶持的话，钱打算用在哪里？比如“买烘干机、付房租”。',
      en: 'If you are supported, what will the money be used for? A few words, for example “a dryer and half a year’s rent”.',
    },
    explain: {
      'zh-Hans': '微企办会看扶持资金用得有没有效，先说清楚对您有好处。',
      en: 'The office looks at how well the money is used, so it helps to say it clearly.',
    },
    limits: { min: 2, max: 300 },
  },
  {
    id: 'wantsLoan',
    kind: 'yes-no',
    label: { 'zh-Hans': '想要贷款', en: 'Wants a loan' },
    text: {
      'zh-Hans': '您还想要贷款吗？（只登记需要，不是申请贷款）',
      en: 'Would you like a loan as well? (This only notes it; it is no loan application.)',
    },
    explain: {
      'zh-Hans': '2018年方案没有写贷款的条件，这里只是让微企办知道您有这个需要，不是申请贷款。',
      en: 'The plan of 2018 states no terms for loans. This only tells the office what you need; it is no loan application.',
    },
    unsure: true,
  },
]
