import type { Programme } from '../pack.ts'

/** A city that does not exist, with a plan that nobody made: a sample of how small a pack can be. */
export const programme: Programme = {
  id: 'example-2030',
  name: {
    'zh-Hans': '云溪市2030年小店扶持计划（虚构的示例）',
    en: 'Yunxi’s small shop plan of 2030 (a fictional sample)',
  },
  document: {
    'zh-Hans': '云溪市2030年小店扶持计划（虚构的示例）',
    en: 'Yunxi’s small shop plan of 2030 (a fictional sample)',
  },
  city: { 'zh-Hans': '云溪市', en: 'Yunxi' },
  office: { 'zh-Hans': '小店服务办', en: 'small shop office' },
  ownPlaces: ['云溪', '东桥', '西河', '南坪'],
  nearPlaces: { 'zh-Hans': ['月湾市', '北塘市'], en: ['yuewan', 'beitang'] },
  year: 2030,
  outOfHours: {
    'zh-Hans': '下班以后由小店服务办的值班员接（虚构的示例），每天都有人。',
    en: 'When the office is closed, its duty officer answers, every day (a fictional sample).',
  },
  featured: [
    { entry: 'how-much', label: { 'zh-Hans': '能补多少钱', en: 'How much money' } },
    { entry: 'who-first', label: { 'zh-Hans': '哪些人优先', en: 'Who gets priority' } },
    { entry: 'how-to-apply', label: { 'zh-Hans': '怎么申请', en: 'How to apply' } },
  ],
}
