import type { Form } from '../../../flows/programme/form/form.ts'
import type { FormField } from '../../../flows/programme/form/form-field.ts'
import { facts } from './facts.ts'

type Words = FormField['text']
const field = (
  id: string,
  kind: FormField['kind'],
  label: Words,
  text: Words,
  explain: Words,
  more: Partial<FormField> = {},
): FormField => ({ id, kind, label, text, explain, ...more })

/** Nine fields: enough for an office that knows its streets. */
export const form: Form = {
  fields: [
    field(
      'name',
      'name',
      { 'zh-Hans': '姓名', en: 'Name' },
      { 'zh-Hans': '您叫什么名字？', en: 'What is your name?' },
      { 'zh-Hans': '照身份证写全名。', en: 'In full, as on your identity card.' },
      { personal: true },
    ),
    field(
      'identityNumber',
      'identity-number',
      { 'zh-Hans': '身份证号码', en: 'Identity number' },
      { 'zh-Hans': '您的身份证号码是多少？', en: 'What is your identity number?' },
      { 'zh-Hans': '用来核对是您本人。', en: 'It shows that it is you.' },
      { personal: true },
    ),
    field(
      'mobile',
      'mobile',
      { 'zh-Hans': '手机号码', en: 'Mobile number' },
      { 'zh-Hans': '您的手机号码是多少？', en: 'What is your mobile number?' },
      { 'zh-Hans': '有事好找到您。', en: 'So that we can reach you.' },
      { personal: true },
    ),
    field(
      'district',
      'place',
      { 'zh-Hans': '区、县', en: 'District' },
      { 'zh-Hans': '店在哪个区、县？', en: 'Which district or county is the shop in?' },
      { 'zh-Hans': '申请交给那里的小店办。', en: 'Its office looks at your case.' },
      { from: { question: 'place' } },
    ),
    field(
      'keyGroups',
      'some-of',
      { 'zh-Hans': '优先的人', en: 'Who comes first' },
      {
        'zh-Hans': '您是下面哪些人？都不是也没关系。',
        en: 'Which of these are you? None is fine too.',
      },
      { 'zh-Hans': '这些人开的小店优先。', en: 'Their shops come first.' },
      { options: [...facts.keyGroups.value], sensitive: true, from: { question: 'groups' } },
    ),
    field(
      'enterpriseName',
      'text',
      { 'zh-Hans': '店名', en: 'Name of the shop' },
      { 'zh-Hans': '店叫什么名字？', en: 'What is the shop called?' },
      { 'zh-Hans': '招牌上怎么写就怎么写。', en: 'As it stands on the sign.' },
      { limits: { min: 2, max: 40 } },
    ),
    field(
      'industry',
      'one-of',
      { 'zh-Hans': '行业', en: 'Trade' },
      { 'zh-Hans': '您做的是哪一行？', en: 'What is your trade?' },
      { 'zh-Hans': '做别的也可以申请。', en: 'Others can apply as well.' },
      {
        options: [
          ...facts.industries.value,
          { id: 'other-trade', name: { 'zh-Hans': '别的', en: 'Something else' } },
        ],
        from: { question: 'trade' },
      },
    ),
    field(
      'employees',
      'count',
      { 'zh-Hans': '人数', en: 'People' },
      { 'zh-Hans': '连您自己，店里几个人？', en: 'How many people work there, you included?' },
      { 'zh-Hans': '大概就行。', en: 'Roughly will do.' },
      { limits: { min: 1, max: 500 } },
    ),
    field(
      'purpose',
      'text',
      { 'zh-Hans': '打算怎么用', en: 'What for' },
      { 'zh-Hans': '补助打算用来做什么？', en: 'What will you use the money for?' },
      { 'zh-Hans': '一句话就行。', en: 'One sentence will do.' },
      { limits: { min: 2, max: 200 } },
    ),
  ],
  documents: {
    note: {
      'zh-Hans': '计划没有列出材料，以县区小店办的清单为准。（虚构的示例）',
      en: 'The plan lists no papers; the shop office’s own list decides. (A fictional sample.)',
    },
    documents: [
      {
        id: 'identity-card',
        name: { 'zh-Hans': '身份证', en: 'Identity card' },
        why: { 'zh-Hans': '核对姓名和号码', en: 'Shows your name and number' },
      },
    ],
  },
}
