import type { FundProgramme } from '../../../flows/programme/money/funds.ts'

/**
 * Clause 3.1 has the city pass its share on by the province's guiding quotas and the districts reserve theirs; the quotas,
 * and how and by which form money is paid, are in no source (facts.md 9.6). Staff enter the quotas; the form is a sample.
 */
export const funds: FundProgramme = {
  quotas: [],
  quotaSource: {
    'zh-Hans': '公开的文件没有写各区（市、县）的指导性指标；省里下达以后，由市里在这里登记。',
    en: 'No published document states the districts’ guiding quotas. Once the province has issued them, the city enters them here.',
  },
  payMove: 'pay',
  payments: {
    sample: true,
    notice: {
      'zh-Hans':
        '拨付清单的格式是示例，不是财政部门的正式格式：文件没有写怎么拨、用什么表。',
      en: 'The form of the payment lists is a sample and not the finance bureau’s own: no document says how money is paid or on which form.',
    },
    columns: [
      { what: 'line', label: { 'zh-Hans': '行号', en: 'Line' } },
      { what: 'caseNumber', label: { 'zh-Hans': '申请编号', en: 'Application' } },
      { what: 'district', label: { 'zh-Hans': '区（市、县）', en: 'District' } },
      { what: 'enterprise', label: { 'zh-Hans': '企业名称', en: 'Business' } },
      { what: 'holder', label: { 'zh-Hans': '户名', en: 'Account holder' } },
      { what: 'bank', label: { 'zh-Hans': '开户银行', en: 'Bank' } },
      { what: 'account', label: { 'zh-Hans': '账号', en: 'Account number' } },
      { what: 'amount', label: { 'zh-Hans': '金额（元）', en: 'Amount (yuan)' } },
      { what: 'purpose', label: { 'zh-Hans': '用途', en: 'Purpose' } },
    ],
    returned: {
      line: ['行号', 'Line'],
      amount: ['金额（元）', '金额', 'Amount (yuan)', 'Amount'],
      result: ['结果', 'Result'],
      voucher: ['凭证号', '支付凭证号', 'Voucher'],
      day: ['日期', '支付日期', 'Date'],
      reason: ['原因', '退回原因', 'Reason'],
      paid: ['成功', '已支付', 'paid'],
      refused: ['失败', '退回', 'refused'],
    },
  },
}
