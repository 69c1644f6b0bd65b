import type { FundProgramme } from '../../../flows/programme/money/funds.ts'
import { payeeForm } from '../common/payee.ts'
import type { Facts } from '../pack.ts'

/** The plan's own figures and lists; each names its clause in `clauses.json`. All are of 2018. */
export const facts: Facts = {
  directSubsidyFen: { value: 4_500_000, clause: '2', year: 2018 },
  directShares: { value: { province: 7, city: 1, county: 2 }, clause: '2', year: 2018 },
  /** An average for budgeting (户均), not what each household is due. */
  followUpAverageFen: { value: 5_000_000, clause: '2', year: 2018 },
  followUpShares: { value: { province: 0, city: 3, county: 7 }, clause: '2', year: 2018 },
  targetHouseholds: { value: 3500, clause: '2', year: 2018 },
  targetJobs: { value: 11_000, clause: '2', year: 2018 },
  finishByMonth: { value: 11, clause: '4.5', year: 2018 },
  lowIncomeVillages: { value: 100, clause: '1', year: 2018 },
  keyGroups: {
    value: [
      {
        id: 'graduate',
        name: {
          'zh-Hans': '大中专毕业生(含“筑梦计划”中的青年人才)',
          en: 'College and secondary vocational graduates (including young talent of the Dream Plan, 筑梦计划)',
        },
      },
      {
        id: 'returning-worker',
        name: { 'zh-Hans': '返乡农民工', en: 'Migrant workers who have returned home' },
      },
      {
        id: 'veteran',
        name: { 'zh-Hans': '复员退伍军人', en: 'Demobilised soldiers and veterans' },
      },
      { id: 'unemployed', name: { 'zh-Hans': '失业人员', en: 'Unemployed people' } },
      { id: 'disabled', name: { 'zh-Hans': '残疾人', en: 'People with disabilities' } },
      { id: 'low-income', name: { 'zh-Hans': '低收入人群', en: 'People on low incomes' } },
      {
        id: 'new-urban',
        name: { 'zh-Hans': '农民市民化', en: 'Farmers who have become urban residents' },
      },
    ],
    clause: '3.2',
    year: 2018,
  },
  keyGroupJobsForPreference: { value: 1, clause: '3.2', year: 2018 },
  industries: {
    value: [
      { id: 'vegetables', name: { 'zh-Hans': '蔬菜', en: 'Vegetables' } },
      { id: 'tea', name: { 'zh-Hans': '茶叶', en: 'Tea' } },
      { id: 'poultry', name: { 'zh-Hans': '生态家禽', en: 'Free-range poultry' } },
      { id: 'mushrooms', name: { 'zh-Hans': '食用菌', en: 'Edible mushrooms' } },
      { id: 'herbs', name: { 'zh-Hans': '中药材', en: 'Chinese medicinal herbs' } },
      { id: 'rural-tourism', name: { 'zh-Hans': '乡村旅游', en: 'Rural tourism' } },
      { id: 'leisure-farming', name: { 'zh-Hans': '休闲农业', en: 'Leisure farming' } },
      { id: 'rural-e-commerce', name: { 'zh-Hans': '农村电商', en: 'Rural e-commerce' } },
    ],
    clause: '1',
    year: 2018,
  },
  cooperationModels: {
    value: [
      {
        id: 'leading-enterprise',
        name: {
          'zh-Hans': '龙头企业+微型企业+农民专业合作社(村集体)+农户',
          en: 'Leading enterprise + micro-enterprise + farmers’ cooperative (village collective) + farmers',
        },
      },
      {
        id: 'platform-company',
        name: {
          'zh-Hans': '平台公司+微型企业+农户',
          en: 'Platform company + micro-enterprise + farmers',
        },
      },
      {
        id: 'cooperative',
        name: {
          'zh-Hans': '合作社+微型企业+农户+N',
          en: 'Cooperative + micro-enterprise + farmers + N',
        },
      },
    ],
    clause: '3.4',
    year: 2018,
  },
  voucherUses: {
    value: [
      { id: 'bookkeeping', name: { 'zh-Hans': '财务代理', en: 'Bookkeeping and finance agency' } },
      {
        id: 'trademark-patent',
        name: { 'zh-Hans': '商标专利申请', en: 'Trademark and patent applications' },
      },
      { id: 'financing', name: { 'zh-Hans': '融资', en: 'Financing' } },
      { id: 'legal', name: { 'zh-Hans': '法律服务', en: 'Legal services' } },
    ],
    clause: '3.7',
    year: 2018,
  },
  demonstrationBases: { value: { min: 1, max: 2 }, clause: '3.6', year: 2018 },
}

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
  payee: payeeForm,
}
