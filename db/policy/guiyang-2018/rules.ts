import type { Rule } from '../../../flows/programme/rules/rule.ts'
import type { Rules } from '../../../flows/programme/rules/rules.ts'
import { facts } from './facts.ts'
import { places } from './places.ts'
import { questions } from './questions.ts'
import { reportedRules } from './reported-rules.ts'

/** What the plan of 2018 itself says, clause by clause. */
const planRules: Rule[] = [
  {
    id: 'in-guiyang',
    effect: 'scope',
    condition: { op: 'is', question: 'place', options: places.own.map(({ id }) => id) },
    // 各区〔市、县〕政府及管委会; that ten places and four zones are meant is inferred (facts.md 5).
    basis: { kind: 'clause', clause: '3.1' },
    year: 2018,
    confidence: 'inferred',
    name: { 'zh-Hans': '在贵阳市', en: 'In Guiyang' },
    lines: {
      yes: {
        'zh-Hans': '企业在贵阳市，归这个方案管。',
        en: 'The business is in Guiyang, so this plan covers it.',
      },
      no: {
        'zh-Hans':
          '企业不在贵阳市的范围内，请问企业所在地的微企办或者市场监管部门，那里有当地的政策。',
        en: 'The business is outside Guiyang. Please ask the office where it is; that place has rules of its own.',
      },
      unknown: {
        'zh-Hans': '还不知道企业在哪个区（市、县）。',
        en: 'Where the business is, is not known yet.',
      },
    },
    change: {
      'zh-Hans': '企业办在贵阳市的区（市、县）或者四个管委会里',
      en: 'A place of business in Guiyang’s districts, counties or four zones',
    },
  },
  ...facts.keyGroups.value.map(
    ({ id, name }): Rule => ({
      id: `group-${id}`,
      effect: 'priority',
      condition: { op: 'is', question: 'groups', options: [id] },
      basis: { kind: 'clause', clause: facts.keyGroups.clause },
      year: facts.keyGroups.year,
      confidence: 'original',
      name,
      lines: {
        yes: {
          'zh-Hans': `您属于重点人员：${name['zh-Hans']}。评审时优先倾斜。`,
          en: `You belong to a key group: ${name.en}. The review gives priority to it.`,
        },
        no: {
          'zh-Hans': `您没有选${name['zh-Hans']}；不属于这一类，方案也没有排除。`,
          en: `You did not choose: ${name.en}. The plan excludes nobody for that.`,
        },
        unknown: {
          'zh-Hans': `您算不算${name['zh-Hans']}，还说不准。`,
          en: `Whether this applies to you is still open: ${name.en}.`,
        },
      },
      change: {
        'zh-Hans': `有证明说明您属于${name['zh-Hans']}`,
        en: `Proof that you belong to: ${name.en}`,
      },
    }),
  ),
  {
    id: 'group-jobs',
    effect: 'preference',
    condition: {
      op: 'at-least',
      question: 'group-jobs',
      value: facts.keyGroupJobsForPreference.value,
    },
    basis: { kind: 'clause', clause: facts.keyGroupJobsForPreference.clause },
    year: facts.keyGroupJobsForPreference.year,
    confidence: 'original',
    name: { 'zh-Hans': '带动重点人员就业', en: 'Jobs for key groups' },
    lines: {
      yes: {
        'zh-Hans': '您带动了1个以上重点人员就业，同等条件下优先扶持。',
        en: 'You employ at least one person of the key groups: preferred, other things being equal.',
      },
      no: {
        'zh-Hans': '目前没有带动重点人员就业；方案没有因此排除，只是同等条件下别人会排在前面。',
        en: 'You employ nobody of the key groups now. That excludes nobody; others come first only when all else is equal.',
      },
      unknown: {
        'zh-Hans': '请的人里有没有重点人员，还不知道。',
        en: 'Whether you employ people of the key groups is not known yet.',
      },
    },
    change: {
      'zh-Hans': '请1位以上重点人员',
      en: 'Employing at least one person of the key groups',
    },
  },
  {
    id: 'low-income-village',
    effect: 'preference',
    condition: { op: 'yes', question: 'village' },
    basis: { kind: 'clause', clause: facts.lowIncomeVillages.clause },
    year: facts.lowIncomeVillages.year,
    confidence: 'original',
    name: { 'zh-Hans': '低收入困难村', en: 'Low-income villages' },
    lines: {
      yes: {
        'zh-Hans':
          '方案向全市100个低收入困难村倾斜，您说的情况对得上；是不是这100个村，由当地核实。',
        en: 'The plan favours the city’s 100 low-income villages, and yours may be one; the office checks the list.',
      },
      no: {
        'zh-Hans': '不在低收入困难村；方案没有因此排除。',
        en: 'Not in a low-income village; the plan excludes nobody for that.',
      },
      unknown: {
        'zh-Hans': '是不是低收入困难村，还不知道，可以问乡镇或者村委会。',
        en: 'Whether it is a low-income village is open; the town or village office knows.',
      },
    },
    change: {
      'zh-Hans': '乡镇确认在100个低收入困难村之内',
      en: 'The town confirming that it is one of the 100 villages',
    },
  },
  {
    id: 'speciality-industry',
    effect: 'encouraged',
    condition: {
      op: 'is',
      question: 'industry',
      options: facts.industries.value.map(({ id }) => id),
    },
    basis: { kind: 'clause', clause: facts.industries.clause },
    year: facts.industries.year,
    confidence: 'original',
    name: { 'zh-Hans': '特色优势产业和新兴产业', en: 'Speciality and new industries' },
    lines: {
      yes: {
        'zh-Hans': '您做的行业是方案点名要发展壮大的；方案没有说因此先批。',
        en: 'Your industry is one that the plan wants to grow; it does not say that it comes first.',
      },
      no: {
        'zh-Hans': '您做的行业不在方案点名的产业里；别的行业方案没有排除。',
        en: 'Your industry is not among those named; the plan does not exclude others.',
      },
      unknown: { 'zh-Hans': '做哪一行还没有说。', en: 'The industry is not known yet.' },
    },
    change: {
      'zh-Hans': '做方案点名的产业，比如茶叶、食用菌、乡村旅游、农村电商',
      en: 'Working in an industry the plan names, such as tea, mushrooms, rural tourism or rural e-commerce',
    },
  },
]

/** The rules of Guiyang 2018: the plan's own, and what reports tell of the rules around it. */
export const rules: Rules = {
  questions,
  rules: [...planRules, ...reportedRules],
  review: [
    {
      id: 'key-group',
      name: { 'zh-Hans': '重点人员创办', en: 'Started by someone of a key group' },
      rules: facts.keyGroups.value.map(({ id }) => `group-${id}`),
    },
    {
      id: 'key-group-jobs',
      name: { 'zh-Hans': '带动重点人员就业', en: 'Jobs for key groups' },
      rules: ['group-jobs'],
    },
    {
      id: 'low-income-village',
      name: { 'zh-Hans': '低收入困难村', en: 'Low-income village' },
      rules: ['low-income-village'],
    },
  ],
}
