import type { Programme } from '../pack.ts'

/**
 * Guiyang's 2018 plan. Its text reached us without a title page: `document` describes it and is not
 * a title, and no document number is claimed.
 */
export const programme: Programme = {
  id: 'guiyang-2018',
  name: {
    'zh-Hans': '贵阳市2018年度“3个20万”微型企业扶持政策',
    en: 'Guiyang’s 2018 support plan for micro-enterprises (“3个20万”)',
  },
  document: {
    'zh-Hans': '贵阳市2018年扶持微型企业方案',
    en: 'Guiyang’s 2018 plan for supporting micro-enterprises (贵阳市2018年扶持微型企业方案)',
  },
  city: '贵阳市',
  // facts.md 5: ten districts and counties, four zone committees; and the province above.
  ownPlaces: [
    '贵州',
    '贵阳',
    '南明',
    '云岩',
    '花溪',
    '乌当',
    '白云',
    '观山湖',
    '开阳',
    '息烽',
    '修文',
    '清镇',
    '高新区',
    '经开区',
    '综保区',
    '双龙',
  ],
  year: 2018,
  featured: [
    { entry: 'two-kinds', label: { 'zh-Hans': '能补多少钱', en: 'How much money' } },
    { entry: 'groups-list', label: { 'zh-Hans': '哪些人优先', en: 'Who gets priority' } },
    { entry: 'industries-list', label: { 'zh-Hans': '支持哪些行业', en: 'Which industries' } },
    { entry: 'ns-steps', label: { 'zh-Hans': '怎么申请', en: 'How to apply' } },
    { entry: 'voucher-uses', label: { 'zh-Hans': '电子券有什么用', en: 'What vouchers buy' } },
  ],
}
