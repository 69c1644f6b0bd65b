import type { FundProgramme } from '../../../flows/programme/money/funds.ts'

/** Invented quotas that make up the target of clause 1. */
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
}
