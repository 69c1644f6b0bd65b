import type { FundProgramme } from '../../../flows/programme/money/funds.ts'

/**
 * Clause 3.1 has the city pass its share on by the province's guiding quotas and the districts reserve theirs. The quotas are
 * in no source: staff enter them as they are issued.
 */
export const funds: FundProgramme = {
  quotas: [],
  quotaSource: {
    'zh-Hans': '公开的文件没有写各区（市、县）的指导性指标；省里下达以后，由市里在这里登记。',
    en: 'No published document states the districts’ guiding quotas. Once the province has issued them, the city enters them here.',
  },
  payMove: 'pay',
}
