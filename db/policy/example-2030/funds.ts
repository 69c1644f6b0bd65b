import type { FundProgramme } from '../../../flows/programme/money/funds.ts'

/** Invented quotas that make up the target of clause 1, and a form of lists of its own. */
export const funds: FundProgramme = {
  quotas: [
    { district: 'dongqiao', households: 60 },
    { district: 'xihe', households: 40 },
    { district: 'nanping', households: 20 },
  ],
  quotaSource: {
    'zh-Hans': '演示数据：虚构的指标。',
    en: 'Demonstration data: invented quotas.',
  },
  payMove: 'settle',
  payments: {
    sample: true,
    notice: {
      'zh-Hans': '拨付清单的格式是示例。',
      en: 'The form of the payment lists is a sample.',
    },
    columns: [
      { what: 'line', label: { 'zh-Hans': '序号', en: 'No.' } },
      { what: 'holder', label: { 'zh-Hans': '收款人', en: 'Payee' } },
      { what: 'account', label: { 'zh-Hans': '收款账号', en: 'Payee account' } },
      { what: 'bank', label: { 'zh-Hans': '收款行', en: 'Payee bank' } },
      { what: 'amount', label: { 'zh-Hans': '应付金额', en: 'Sum due' } },
    ],
    returned: {
      line: ['序号', 'No.'],
      amount: ['应付金额', 'Sum due'],
      result: ['处理结果', 'Outcome'],
      voucher: ['凭证', 'Slip'],
      day: ['处理日期', 'Done on'],
      reason: ['说明', 'Remark'],
      paid: ['已付', 'done'],
      refused: ['未付', 'not done'],
    },
  },
}
