import type { FormField } from '../../../../flows/programme/form/form-field.ts'
import { facts } from '../facts.ts'

/** Other words people type for a key group. */
const ALIASES: Readonly<Record<string, string[]>> = {
  graduate: ['大学生', '毕业生', '大专', '中专', '本科', '筑梦计划', 'graduate'],
  'returning-worker': ['农民工', '返乡', '打工回来', 'migrant worker', 'returned worker'],
  veteran: ['退伍', '退役', '复员', '转业', '当过兵', 'veteran', 'ex-soldier'],
  unemployed: ['失业', '下岗', '待业', 'no job', 'laid off'],
  disabled: ['残疾', '残障', 'disabled', 'disability'],
  'low-income': ['低收入', '低保', '贫困户', '困难户', 'low income'],
  'new-urban': ['市民化', '农转非', '农转城', 'new urban'],
}

/** Who applies, and where. */
export const applicantFields: FormField[] = [
  {
    id: 'name',
    kind: 'name',
    label: { 'zh-Hans': '姓名', en: 'Name' },
    text: {
      'zh-Hans': '您叫什么名字？请写身份证上的全名。',
      en: 'What is your name? Please type it in full, as on your identity card.',
    },
    explain: {
      'zh-Hans': '微企办要知道是谁申请；少数民族姓名中间的点照身份证上写。',
      en: 'So that the office knows who applies. Type the dot in a minority name as the card has it.',
    },
    personal: true,
  },
  {
    id: 'identityNumber',
    kind: 'identity-number',
    label: { 'zh-Hans': '身份证号码', en: 'Identity number' },
    text: {
      'zh-Hans': '您的身份证号码是多少？一共18位。',
      en: 'What is your identity number? It has 18 characters.',
    },
    explain: {
      'zh-Hans': '用来核对是您本人，也免得同名的人弄混；以后显示的时候，中间几位都会遮住。',
      en: 'It shows that it is you and keeps people of the same name apart; later on its middle is always hidden.',
    },
    personal: true,
  },
  {
    id: 'mobile',
    kind: 'mobile',
    label: { 'zh-Hans': '手机号码', en: 'Mobile number' },
    text: { 'zh-Hans': '您的手机号码是多少？', en: 'What is your mobile number?' },
    explain: {
      'zh-Hans': '有事工作人员好找到您。工作人员不会在电话里问您要钱、要验证码。',
      en: 'So that staff can reach you. They never ask for money or a verification code on the phone.',
    },
    personal: true,
  },
  {
    id: 'district',
    kind: 'place',
    label: { 'zh-Hans': '企业所在区（市、县）', en: 'District of the business' },
    text: {
      'zh-Hans': '企业在哪个区（市、县）或者开发区？还没办的，说打算办在哪里。',
      en: 'Which district, county or zone is the business in, or will it be in?',
    },
    explain: {
      'zh-Hans': '申请交给企业所在地的微企办；看营业执照上的住所，还没办执照的看场地。',
      en: 'The office of that place looks at your case: the address on the licence or, without one yet, your site.',
    },
    from: { question: 'place' },
  },
  {
    id: 'township',
    kind: 'text',
    label: { 'zh-Hans': '乡镇、街道或社区', en: 'Township or community' },
    text: {
      'zh-Hans': '在哪个乡镇、街道或者社区？比如“青岩镇”。不清楚可以跳过。',
      en: 'Which township, street office or community, for example “Qingyan Town”? You can skip this.',
    },
    explain: {
      'zh-Hans': '方案由乡一级实施，写了方便派到离您近的人手上。',
      en: 'The plan is carried out at township level, so this helps your case reach people near you.',
    },
    optional: true,
    limits: { min: 2, max: 40 },
  },
  {
    id: 'village',
    kind: 'text',
    label: { 'zh-Hans': '村或居委会', en: 'Village or neighbourhood' },
    text: {
      'zh-Hans': '在哪个村或者居委会？不在村里可以跳过。',
      en: 'Which village or neighbourhood? If it is in none, skip this.',
    },
    explain: {
      'zh-Hans': '用来对一对是不是低收入困难村。',
      en: 'To compare it with the list of low-income villages.',
    },
    optional: true,
    limits: { min: 2, max: 40 },
  },
  {
    id: 'lowIncomeVillage',
    kind: 'yes-no',
    label: { 'zh-Hans': '低收入困难村', en: 'Low-income village' },
    text: {
      'zh-Hans': '企业是不是办在低收入困难村，或者带着这样的村一起干？',
      en: 'Is the business in a low-income village, or does it work with one?',
    },
    explain: {
      'zh-Hans': '方案向全市100个低收入困难村倾斜，没有列出村名；不清楚就答“说不准”，当地会核实。',
      en: 'The plan favours the city’s 100 low-income villages and does not list them; “not sure” is fine, the office checks.',
    },
    unsure: true,
    from: { question: 'village' },
  },
  {
    id: 'keyGroups',
    kind: 'some-of',
    label: { 'zh-Hans': '重点人员', en: 'Key groups' },
    text: {
      'zh-Hans': '您本人属于下面哪些人？可以选几个，都不是也没关系。',
      en: 'Which of these are you? You can pick several; none is fine too.',
    },
    explain: {
      'zh-Hans': '方案对这些重点人员创办的微型企业优先倾斜；不属于的，方案没有排除，照样可以申请。',
      en: 'The plan favours businesses started by these people. It excludes nobody else: you can apply all the same.',
    },
    options: facts.keyGroups.value.map(({ id, name }) => ({
      id,
      name,
      aliases: ALIASES[id] ?? [],
    })),
    unsure: true,
    sensitive: true,
    from: { question: 'groups' },
  },
  {
    id: 'keyGroupProof',
    kind: 'text',
    label: { 'zh-Hans': '重点人员的证明', en: 'Proof of a key group' },
    text: {
      'zh-Hans': '用什么证件证明？写名字就行，比如“退伍证”。没有可以跳过。',
      en: 'Which paper shows this? Its name will do, for example “graduation certificate”. If you have none, skip this.',
    },
    explain: {
      'zh-Hans': '不用写证件号码，也不用现在交；要交哪些，以当地微企办为准。',
      en: 'No number of the paper, and nothing to hand in now; your local office says what it needs.',
    },
    optional: true,
    sensitive: true,
    askedIf: {
      op: 'is',
      question: 'keyGroups',
      options: facts.keyGroups.value.map(({ id }) => id),
    },
    limits: { min: 2, max: 100 },
  },
]
