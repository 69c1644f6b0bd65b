import type { Form } from '../../../flows/programme/form/form.ts'
import { facts } from './facts.ts'
import { questions } from './questions.ts'

/**
 * The usual papers. The plan lists none (facts.md 1.5: not found), and it forbids hidden hurdles and
 * added steps (4.6): so this is a help to get ready, and the office's own list decides.
 */
export const documents: Form['documents'] = {
  note: {
    'zh-Hans':
      '方案没有列出要交哪些材料。下面这些是平常用来核对您所填内容的，您先看看手边有没有；缺了哪样，也不等于不能申请。到底要交什么，以当地微企办自己的清单为准。',
    en: 'The plan lists no papers. These are the usual ones by which your answers can be checked; see which you have at hand. A missing one does not mean that you can’t apply: your local office (微企办) has its own list, and that one decides.',
  },
  documents: [
    {
      id: 'identity-card',
      name: { 'zh-Hans': '身份证', en: 'Identity card' },
      why: { 'zh-Hans': '核对姓名和身份证号码', en: 'Shows your name and identity number' },
    },
    ...proofs(),
    {
      id: 'licence',
      name: { 'zh-Hans': '营业执照', en: 'Business licence' },
      why: {
        'zh-Hans': '核对企业名称、住所和信用代码',
        en: 'Shows the name, address and credit code of the business',
      },
      askedIf: { op: 'yes', question: 'registered' },
    },
    {
      id: 'own-money',
      name: {
        'zh-Hans': '自己投入的凭证，比如银行流水、转账记录、发票',
        en: 'Proof of your own money: bank records, transfers or invoices',
      },
      why: { 'zh-Hans': '核对自己投了多少', en: 'Shows how much you have put in' },
      askedIf: { op: 'at-least', question: 'ownInvestment', value: 1 },
    },
    {
      id: 'premises',
      name: {
        'zh-Hans': '场地证明，比如租赁合同、房产证或者村里的证明',
        en: 'Proof of the premises: a lease, a title deed or a letter from the village',
      },
      why: { 'zh-Hans': '核对在哪里经营', en: 'Shows where you trade' },
    },
    {
      id: 'staff',
      name: {
        'zh-Hans': '用工的凭证，比如劳动合同、工资表或者社保记录',
        en: 'Proof of employment: contracts, a payroll or social insurance records',
      },
      why: { 'zh-Hans': '核对有几个人干活', en: 'Shows how many people work for you' },
      askedIf: { op: 'at-least', question: 'employees', value: 2 },
    },
    {
      id: 'staff-groups',
      name: {
        'zh-Hans': '所请重点人员的证明，由本人同意后提供',
        en: 'Proof that those you employ belong to a key group, with their consent',
      },
      why: {
        'zh-Hans': '核对带动了几位重点人员就业',
        en: 'Shows how many people of the key groups you employ',
      },
      askedIf: { op: 'at-least', question: 'keyGroupEmployees', value: 1 },
    },
    {
      id: 'village-letter',
      name: {
        'zh-Hans': '乡镇或者村里的说明',
        en: 'A letter from the township or the village',
      },
      why: { 'zh-Hans': '核对是不是低收入困难村', en: 'Shows whether it is a low-income village' },
      askedIf: { op: 'yes', question: 'lowIncomeVillage' },
    },
    {
      id: 'cooperation-agreement',
      name: { 'zh-Hans': '合作协议', en: 'Agreement with your partners' },
      why: { 'zh-Hans': '核对和谁、怎么合作', en: 'Shows with whom and how you work together' },
      askedIf: {
        op: 'is',
        question: 'cooperationModel',
        options: facts.cooperationModels.value.map(({ id }) => id),
      },
    },
  ],
}

/** The proof that the pre-screen names for each key group. */
function proofs(): Form['documents']['documents'] {
  const groups = questions.find(({ id }) => id === 'groups')?.options ?? []
  return groups.flatMap(({ id, name, proof }) =>
    proof === undefined
      ? []
      : [
          {
            id: `proof-${id}`,
            name: proof,
            why: {
              'zh-Hans': `说明您属于${name['zh-Hans']}`,
              en: `Shows that this applies to you: ${name.en}`,
            },
            askedIf: { op: 'is' as const, question: 'keyGroups', options: [id] },
          },
        ],
  )
}
