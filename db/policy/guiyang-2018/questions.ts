import type { Question } from '../../../flows/programme/rules/questions.ts'
import { facts } from './facts.ts'
import { places } from './places.ts'

/**
 * The questions of the pre-screen: at most eight. The terms are explained in everyday words; the plan
 * itself defines none of them, so the office has the last word, and so it is with the usual proofs
 * (facts.md 1.5: no list of materials was found).
 */
export const questions: Question[] = [
  {
    id: 'place',
    kind: 'one-of',
    text: {
      'zh-Hans': '您的企业在哪个区（市、县）？还没办的，说打算办在哪里。',
      en: 'Which district, county or zone is your business in, or will it be in?',
    },
    explain: {
      'zh-Hans': '看营业执照上的住所；还没办执照的，看您打算租的店面或场地在哪里。',
      en: 'The address on the business licence; without one yet, where your shop or site will be.',
    },
    options: [
      ...places.own.map(({ id, name }) => ({ id, name })),
      ...places.elsewhere.map(({ id, name, note }) => ({ id, name, explain: note })),
      { id: 'other-place', name: { 'zh-Hans': '贵阳市以外', en: 'Outside Guiyang' } },
    ],
    given: [],
  },
  {
    id: 'groups',
    kind: 'some-of',
    text: {
      'zh-Hans': '您本人属于下面哪些人？可以选几个，都不是也没关系。',
      en: 'Which of these are you? You can pick several; none is fine too.',
    },
    explain: {
      'zh-Hans': '方案对这些重点人员创办的微型企业优先倾斜；不属于的，方案也没有排除。',
      en: 'The plan favours businesses started by these people; it does not exclude anyone else.',
    },
    options: [
      {
        ...group('graduate'),
        explain: {
          'zh-Hans': '大学、大专、中专毕业的都算在内；毕业几年以内，方案没有写。',
          en: 'Graduates of universities, colleges and secondary vocational schools; the plan sets no number of years.',
        },
        proof: { 'zh-Hans': '毕业证书', en: 'Graduation certificate' },
      },
      {
        ...group('returning-worker'),
        explain: {
          'zh-Hans': '在外地打过工、现在回乡的农民；在外多久才算，方案没有写。',
          en: 'Farmers who worked away and have come back; the plan does not say how long away.',
        },
        proof: {
          'zh-Hans': '外出务工的证明，比如劳动合同、社保记录或者村里的证明',
          en: 'Proof of work elsewhere: a contract, social insurance records or a letter from the village',
        },
      },
      {
        ...group('veteran'),
        explain: {
          'zh-Hans': '当过兵、已经退出现役的人。',
          en: 'People who have served and left active service.',
        },
        proof: { 'zh-Hans': '退伍证、转业证等', en: 'Discharge papers' },
        sensitive: true,
      },
      {
        ...group('unemployed'),
        explain: {
          'zh-Hans': '有劳动能力、想工作、现在没有工作的人；要不要先登记失业，方案没有写。',
          en: 'People able and willing to work who have no job; the plan does not say whether to register first.',
        },
        proof: {
          'zh-Hans': '《就业创业证》或者失业登记证明',
          en: 'Employment certificate (就业创业证) or proof of registration as unemployed',
        },
      },
      {
        ...group('disabled'),
        explain: {
          'zh-Hans': '一般指持有残疾人证的人。',
          en: 'Usually people who hold a disability certificate.',
        },
        proof: { 'zh-Hans': '残疾人证', en: 'Disability certificate' },
        sensitive: true,
      },
      {
        ...group('low-income'),
        explain: {
          'zh-Hans': '比如低保户；收入多少算低，方案没有写，以当地微企办认定为准。',
          en: 'For example people on minimum living allowance (低保); the plan gives no limit, the office decides.',
        },
        proof: {
          'zh-Hans': '低保证，或者社区、村里出的收入证明',
          en: 'Minimum living allowance card, or proof of income from the community or village',
        },
        sensitive: true,
      },
      {
        ...group('new-urban'),
        explain: {
          'zh-Hans': '原来是农民、现在转为城镇居民的人；具体怎么认定，方案没有写。',
          en: 'Former farmers who have become urban residents; the plan does not define it further.',
        },
        proof: {
          'zh-Hans': '户口簿或者居住证',
          en: 'Household register or residence permit',
        },
      },
    ],
    given: [],
  },
  {
    id: 'employees',
    kind: 'number',
    text: {
      'zh-Hans': '连您自己在内，企业有几个人干活？还没开业的，说打算几个人。',
      en: 'How many people work in the business, you included? If not open yet: how many will?',
    },
    explain: {
      'zh-Hans': '老板自己也算一个，长期帮忙的家人也可以算，报个大概的数就行。',
      en: 'Count yourself and those who work there regularly; a rough number will do.',
    },
    options: [],
    given: [],
  },
  {
    id: 'group-jobs',
    kind: 'number',
    text: {
      'zh-Hans': '您请的人（不算您自己）里，有几个属于上面说的重点人员？',
      en: 'Of those you employ (not you), how many belong to these key groups?',
    },
    explain: {
      'zh-Hans':
        '比如您请了一位残疾人、一位返乡农民工，就是2个。方案说带动1个以上重点人员就业的，同等条件下优先。',
      en: 'For example, one person with a disability and one returned migrant worker make 2. The plan prefers those who employ at least one, other things being equal.',
    },
    options: [],
    // The founder alone employs nobody.
    given: [
      { if: { op: 'not', of: { op: 'at-least', question: 'employees', value: 2 } }, answer: 0 },
    ],
  },
  {
    id: 'village',
    kind: 'yes-no',
    text: {
      'zh-Hans': '企业是不是办在低收入困难村，或者带着这样的村一起干？',
      en: 'Is the business in a low-income village, or does it work with one?',
    },
    explain: {
      'zh-Hans': '方案说向全市100个低收入困难村倾斜，没有列出村名；不清楚的可以问乡镇或者村委会。',
      en: 'The plan favours the city’s 100 low-income villages and does not list them; the town or village office knows.',
    },
    options: [],
    given: [],
  },
  {
    id: 'industry',
    kind: 'some-of',
    text: {
      'zh-Hans': '您做的是哪一行？可以选几个，都不是也没关系。',
      en: 'Which line of business? You can pick several; none is fine too.',
    },
    explain: {
      'zh-Hans': '这些是方案点名要发展壮大的产业；做别的行业，方案没有排除。',
      en: 'The plan names these industries as those to grow; it does not exclude others.',
    },
    options: [...facts.industries.value],
    given: [],
  },
  {
    id: 'form',
    kind: 'one-of',
    text: {
      'zh-Hans': '您的营业执照是哪一种？',
      en: 'What kind of business licence do you have?',
    },
    explain: {
      'zh-Hans':
        '看营业执照上“类型”一栏；统一社会信用代码92开头的是个体工商户，93开头的是农民专业合作社。',
      en: 'See “类型” on the licence; a credit code that starts with 92 is an individual household (个体工商户), with 93 a farmers’ cooperative.',
    },
    options: [
      {
        id: 'sole',
        name: { 'zh-Hans': '个人独资企业', en: 'Sole proprietorship (个人独资企业)' },
      },
      { id: 'partnership', name: { 'zh-Hans': '合伙企业', en: 'Partnership (合伙企业)' } },
      {
        id: 'company',
        name: { 'zh-Hans': '有限责任公司', en: 'Limited liability company (有限责任公司)' },
      },
      {
        id: 'individual',
        name: { 'zh-Hans': '个体工商户', en: 'Individual household (个体工商户)' },
      },
      {
        id: 'cooperative',
        name: { 'zh-Hans': '农民专业合作社', en: 'Farmers’ cooperative (农民专业合作社)' },
      },
      { id: 'other-form', name: { 'zh-Hans': '别的类型', en: 'Another kind' } },
      {
        id: 'not-registered',
        name: { 'zh-Hans': '还没有办执照', en: 'No licence yet' },
        undecided: true,
      },
    ],
    given: [],
  },
  {
    id: 'situation',
    kind: 'some-of',
    text: {
      'zh-Hans': '下面哪些说的是您？可以选几个，拿不准的可以先空着。',
      en: 'Which of these are true for you? You can pick several and leave open what you are not sure of.',
    },
    explain: {
      'zh-Hans':
        '这些出自早些年的报道和通知，现在还算不算，要问当地微企办；选不选都不会把您挡在门外。',
      en: 'These come from earlier reports and notices; ask the local office whether they still count. Your choice shuts no door.',
    },
    options: [
      {
        id: 'registered-here',
        name: {
          'zh-Hans': '有贵州户口，或者在贵阳住满一年、有居住证',
          en: 'Guizhou household register, or a year in Guiyang with a residence permit',
        },
      },
      {
        id: 'own-money',
        name: {
          'zh-Hans': '自己实际投入10万元以上',
          en: 'At least 100,000 yuan of my own money put in',
        },
      },
      {
        id: 'three-months',
        name: { 'zh-Hans': '正常经营满3个月', en: 'Trading for at least 3 months' },
      },
      {
        id: 'fixed-place',
        name: {
          'zh-Hans': '有固定的经营场所，或者在孵化园、创业园里',
          en: 'A fixed place of business, or one in an incubator or park',
        },
      },
      {
        id: 'no-other-firm',
        name: { 'zh-Hans': '名下没有别的在办企业', en: 'No other business in my name' },
      },
      {
        id: 'half-share',
        name: {
          'zh-Hans': '和人合伙的话，自己出资占一半以上',
          en: 'With partners: at least half is mine',
        },
      },
      {
        id: 'may-trade',
        name: {
          'zh-Hans': '能独立承担责任，也不在国家禁止经商办企业的人员之列',
          en: 'Of full legal capacity, and not barred by the state from doing business',
        },
      },
      {
        id: 'micro-size',
        name: {
          'zh-Hans': '规模小，够得上“微型”（多数行业看人数或者营业额）',
          en: 'Small enough to count as micro (in most trades by staff or turnover)',
        },
        explain: {
          'zh-Hans':
            '国家2011年的标准按行业分：比如零售、餐饮不到10人或者年营业额不到100万元，农林牧渔年营业额不到50万元。',
          en: 'The national standard of 2011 goes by trade: in retail and catering under 10 people or under 1 million yuan a year, in farming under 500,000 yuan a year.',
        },
      },
      {
        id: 'first-time',
        name: { 'zh-Hans': '以前没有领过这类扶持', en: 'Never received this support before' },
      },
    ],
    given: [],
  },
]

function group(id: string) {
  const found = facts.keyGroups.value.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no key group ${id}`)
  return found
}
