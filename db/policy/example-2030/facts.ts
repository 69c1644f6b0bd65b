import type { FundProgramme } from '../../../flows/programme/money/funds.ts'
import { payeeForm } from '../common/payee.ts'
import type { Facts } from '../pack.ts'

/** Invented figures, each with the sample clause that states it. */
export const facts: Facts = {
  directSubsidyFen: { value: 2_000_000, clause: '2', year: 2030 },
  directShares: { value: { province: 0, city: 6, county: 4 }, clause: '2', year: 2030 },
  followUpAverageFen: { value: 1_000_000, clause: '2', year: 2030 },
  followUpShares: { value: { province: 0, city: 5, county: 5 }, clause: '2', year: 2030 },
  targetHouseholds: { value: 120, clause: '1', year: 2030 },
  targetJobs: { value: 300, clause: '1', year: 2030 },
  finishByMonth: { value: 10, clause: '1', year: 2030 },
  lowIncomeVillages: { value: 5, clause: '3', year: 2030 },
  keyGroups: {
    value: [
      { id: 'artisan', name: { 'zh-Hans': '老手艺人', en: 'Craftspeople' } },
      { id: 'single-parent', name: { 'zh-Hans': '单亲家庭的家长', en: 'Single parents' } },
      { id: 'forester', name: { 'zh-Hans': '退休护林员', en: 'Retired foresters' } },
    ],
    clause: '3',
    year: 2030,
  },
  keyGroupJobsForPreference: { value: 2, clause: '3', year: 2030 },
  industries: {
    value: [
      { id: 'bamboo', name: { 'zh-Hans': '竹编', en: 'Bamboo weaving' } },
      { id: 'noodles', name: { 'zh-Hans': '手工面', en: 'Handmade noodles' } },
      { id: 'repair', name: { 'zh-Hans': '修理铺', en: 'Repair shops' } },
    ],
    clause: '4',
    year: 2030,
  },
  cooperationModels: {
    value: [
      { id: 'market', name: { 'zh-Hans': '小店和集市合伙', en: 'A shop together with a market' } },
    ],
    clause: '4',
    year: 2030,
  },
  voucherUses: {
    value: [{ id: 'sign', name: { 'zh-Hans': '做招牌', en: 'A shop sign' } }],
    clause: '5',
    year: 2030,
  },
  demonstrationBases: { value: { min: 1, max: 1 }, clause: '4', year: 2030 },
}

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
  payee: payeeForm,
}
