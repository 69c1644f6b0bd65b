import type { Rule } from '../../../flows/programme/rules/rule.ts'
import type { Rules } from '../../../flows/programme/rules/rules.ts'
import { facts } from './facts.ts'
import { places } from './places.ts'

const AS_WRITTEN = { year: 2030, confidence: 'original' } satisfies Partial<Rule>

const groupRules = facts.keyGroups.value.map(
  ({ id, name }): Rule => ({
    ...AS_WRITTEN,
    id: `group-${id}`,
    effect: 'priority',
    name,
    condition: { op: 'is', question: 'groups', options: [id] },
    basis: { kind: 'clause', clause: facts.keyGroups.clause },
    lines: {
      yes: {
        'zh-Hans': `您属于：${name['zh-Hans']}，优先。`,
        en: `You are one of: ${name.en}. You come first.`,
      },
      no: {
        'zh-Hans': `您没有选${name['zh-Hans']}，照样可以申请。`,
        en: `You did not choose: ${name.en}. You can apply all the same.`,
      },
      unknown: {
        'zh-Hans': `是不是${name['zh-Hans']}，还不知道。`,
        en: `Whether this applies is open: ${name.en}.`,
      },
    },
    change: {
      'zh-Hans': `有证明说明您是${name['zh-Hans']}`,
      en: `Proof that you are one of: ${name.en}`,
    },
  }),
)

/** Where the shop is, who runs it, and what it sells. */
export const rules: Rules = {
  questions: [
    {
      id: 'place',
      kind: 'one-of',
      text: { 'zh-Hans': '您的店在哪个区、县？', en: 'Which district or county is your shop in?' },
      explain: { 'zh-Hans': '看店面的地址。', en: 'Go by the address of the shop.' },
      options: [
        ...places.own.map(({ id, name }) => ({ id, name })),
        { id: 'other-place', name: { 'zh-Hans': '别的城市', en: 'Another city' } },
      ],
      given: [],
    },
    {
      id: 'groups',
      kind: 'some-of',
      text: {
        'zh-Hans': '您是下面哪些人？都不是也没关系。',
        en: 'Which of these are you? None is fine too.',
      },
      explain: { 'zh-Hans': '这些人开的小店优先。', en: 'Their shops come first.' },
      options: facts.keyGroups.value.map((group) => ({ ...group, sensitive: true })),
      given: [],
    },
    {
      id: 'trade',
      kind: 'one-of',
      text: { 'zh-Hans': '您做的是哪一行？', en: 'What is your trade?' },
      explain: { 'zh-Hans': '做别的也可以申请。', en: 'Others can apply as well.' },
      options: [
        ...facts.industries.value,
        { id: 'other-trade', name: { 'zh-Hans': '别的', en: 'Something else' } },
      ],
      given: [],
    },
  ],
  rules: [
    {
      ...AS_WRITTEN,
      id: 'in-city',
      effect: 'scope',
      condition: { op: 'is', question: 'place', options: places.own.map(({ id }) => id) },
      basis: { kind: 'clause', clause: '6' },
      name: { 'zh-Hans': '在云溪市', en: 'In Yunxi' },
      lines: {
        yes: {
          'zh-Hans': '店在云溪市，归这份计划管。',
          en: 'The shop is in Yunxi, so this plan covers it.',
        },
        no: {
          'zh-Hans': '店不在云溪市，请问当地。',
          en: 'The shop is elsewhere; please ask there.',
        },
        unknown: { 'zh-Hans': '还不知道店在哪里。', en: 'Where the shop is, is not known yet.' },
      },
      change: { 'zh-Hans': '店开在云溪市', en: 'A shop in Yunxi' },
    },
    ...groupRules,
    {
      ...AS_WRITTEN,
      id: 'trade',
      effect: 'encouraged',
      condition: {
        op: 'is',
        question: 'trade',
        options: facts.industries.value.map(({ id }) => id),
      },
      basis: { kind: 'clause', clause: facts.industries.clause },
      name: { 'zh-Hans': '受鼓励的行业', en: 'Encouraged trades' },
      lines: {
        yes: {
          'zh-Hans': '您做的行业是计划鼓励的。',
          en: 'Your trade is one that the plan encourages.',
        },
        no: {
          'zh-Hans': '您做的行业计划没有点名，也没有排除。',
          en: 'Your trade is neither named nor excluded.',
        },
        unknown: { 'zh-Hans': '做哪一行还没有说。', en: 'The trade is not known yet.' },
      },
      change: {
        'zh-Hans': '做竹编、手工面或者修理铺',
        en: 'Weaving bamboo, making noodles or repairing',
      },
    },
  ],
  review: [
    {
      id: 'key-group',
      name: { 'zh-Hans': '优先的人开的店', en: 'Run by someone who comes first' },
      rules: groupRules.map(({ id }) => id),
    },
  ],
}
