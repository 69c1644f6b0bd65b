import type { Programme } from '../pack.ts'

/** The rest of Guizhou. Only names that are no everyday words: 大方 and 三都 count with 县 alone. */
const NEAR =
  '贵安新区 贵安 遵义 安顺 毕节 铜仁 六盘水 六枝 盘州 水城 黔东南 黔南 黔西南 黔西 凯里 ' +
  '都匀 兴义 仁怀 赤水 福泉 兴仁 桐梓 绥阳 正安 道真 务川 凤冈 湄潭 余庆 习水 播州 ' +
  '红花岗 汇川 西秀 平坝 普定 镇宁 关岭 紫云县 七星关 大方县 金沙县 织金 纳雍 威宁 赫章 ' +
  '碧江 万山区 江口县 玉屏 石阡 思南 印江 德江 沿河县 松桃 黄平 施秉 三穗 镇远 岑巩 天柱 ' +
  '锦屏 剑河 台江 黎平 榕江 从江 雷山 麻江 丹寨 荔波 贵定 瓮安 独山 平塘 罗甸 长顺 龙里 ' +
  '惠水 三都县 普安 晴隆 贞丰 望谟 册亨 安龙'

const NEAR_EN =
  "gui'an guian zunyi anshun bijie tongren liupanshui qiandongnan qiannan qianxinan kaili duyun xingyi renhuai"

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
  city: { 'zh-Hans': '贵阳市', en: 'Guiyang' },
  office: { 'zh-Hans': '微企办', en: 'micro-enterprise office (微企办)' },
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
  nearPlaces: { 'zh-Hans': NEAR.split(' '), en: NEAR_EN.split(' ') },
  year: 2018,
  // `outOfHours`: neither the plan nor another source of ours says who is on duty then, and the bot says so.
  featured: [
    { entry: 'two-kinds', label: { 'zh-Hans': '能补多少钱', en: 'How much money' } },
    { entry: 'groups-list', label: { 'zh-Hans': '哪些人优先', en: 'Who gets priority' } },
    { entry: 'industries-list', label: { 'zh-Hans': '支持哪些行业', en: 'Which industries' } },
    { entry: 'ns-steps', label: { 'zh-Hans': '怎么申请', en: 'How to apply' } },
    { entry: 'voucher-uses', label: { 'zh-Hans': '电子券有什么用', en: 'What vouchers buy' } },
  ],
}
