import type { PackSubject } from '../pack.ts'

/** What people speak of without naming it again: which of the two sums, the e-voucher, a loan. */
export const subjects: readonly PackSubject[] = [
  {
    id: 'direct',
    names: {
      'zh-Hans': ['第一笔', '头一笔', '前面那笔', '前一笔', '直接补助', '4.5万', '四万五'],
      en: ['first grant', 'first part', 'first payment', 'the first', 'direct', '45,000', '45000'],
    },
    entries: [
      'direct-amount',
      'direct-per-household',
      'direct-shares',
      'direct-yuan',
      'ns-arrival',
      'ns-instalments',
      'ns-account',
      'ns-use',
      'ns-twice',
      'ns-repay',
      'ns-tax-on-subsidy',
    ],
  },
  {
    id: 'follow-up',
    names: {
      'zh-Hans': ['第二笔', '后面那笔', '后一笔', '后续', '间接补助', '五万'],
      en: [
        'follow-up',
        'follow up',
        'second grant',
        'second part',
        'the second',
        'indirect',
        '50,000',
      ],
    },
    entries: [
      'follow-up-meaning',
      'follow-up-amount',
      'follow-up-average',
      'follow-up-who',
      'follow-up-shares',
      'follow-up-yuan',
      'follow-up-no-province',
      'followup-optimise',
      'ns-followup-items',
    ],
  },
  {
    id: 'voucher',
    names: { 'zh-Hans': ['电子券', '服务券', '券'], en: ['voucher', 'e-voucher'] },
    entries: [
      'voucher-uses',
      'voucher-accounting',
      'voucher-trademark',
      'voucher-patent',
      'voucher-finance',
      'voucher-legal',
      'voucher-platform',
      'voucher-full-name',
      'voucher-who',
      'voucher-why',
      'voucher-responsible',
      'ns-voucher-value',
      'ns-voucher-validity',
      'ns-voucher-claim',
      'ns-voucher-providers',
      'ns-voucher-cash',
    ],
  },
  {
    id: 'loan',
    names: { 'zh-Hans': ['贷款', '借款'], en: ['loan'] },
    entries: ['ns-loan-apply', 'ns-interest', 'ns-loan-guarantee'],
  },
]
