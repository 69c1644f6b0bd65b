import type { PlaceTable } from '../../../flows/programme/places/place-table.ts'
import { townships } from './townships.ts'

/**
 * facts.md 5: six districts, three counties and a city with their GB/T 2260 codes, and the four zone
 * committees of 2018 (高新区、经开区、综保区、双龙), which have none. The plan says 各区(市、县)政府及管委会
 * and names no committee; that these fourteen are meant is an inference.
 */
export const places: PlaceTable = {
  own: [
    district('nanming', '520102', '南明区', '南明', 'Nanming District'),
    district('yunyan', '520103', '云岩区', '云岩', 'Yunyan District'),
    district('huaxi', '520111', '花溪区', '花溪', 'Huaxi District'),
    district('wudang', '520112', '乌当区', '乌当', 'Wudang District'),
    district('baiyun', '520113', '白云区', '白云', 'Baiyun District'),
    district('guanshanhu', '520115', '观山湖区', '观山湖', 'Guanshanhu District'),
    { ...district('kaiyang', '520121', '开阳县', '开阳', 'Kaiyang County'), kind: 'county' },
    { ...district('xifeng', '520122', '息烽县', '息烽', 'Xifeng County'), kind: 'county' },
    { ...district('xiuwen', '520123', '修文县', '修文', 'Xiuwen County'), kind: 'county' },
    { ...district('qingzhen', '520181', '清镇市', '清镇', 'Qingzhen City'), kind: 'city' },
    {
      id: 'gaoxin',
      kind: 'zone',
      name: {
        'zh-Hans': '贵阳高新区',
        en: 'Guiyang High-Tech Zone (高新区)',
      },
      short: '高新区',
      aliases: [
        '高新',
        '高新技术产业开发区',
        '高新开发区',
        '开发区',
        'high-tech zone',
        'high-tech',
      ],
    },
    {
      id: 'jingkai',
      kind: 'zone',
      name: {
        'zh-Hans': '贵阳经开区',
        en: 'Guiyang Economic Development Zone (经开区)',
      },
      short: '经开区',
      aliases: ['经开', '经济技术开发区', '经济开发区', '开发区', 'economic development zone'],
    },
    {
      id: 'zongbao',
      kind: 'zone',
      name: {
        'zh-Hans': '贵阳综保区',
        en: 'Guiyang Comprehensive Bonded Zone (综保区)',
      },
      short: '综保区',
      aliases: ['综保', '综合保税区', '保税区', 'bonded zone', 'comprehensive bonded zone'],
    },
    {
      id: 'shuanglong',
      kind: 'zone',
      name: {
        'zh-Hans': '双龙航空港经济区',
        en: 'Shuanglong Airport Economic Zone (双龙)',
      },
      short: '双龙',
      aliases: ['双龙经济区', '双龙新区', '航空港', '空港经济区', 'airport zone', 'shuanglong'],
    },
  ],
  city: { names: ['贵阳市', '贵阳', '筑城', 'Guiyang'], codes: ['520100', '520101', '5201'] },
  // Abolished in 2012 and before; what they belong to today is asked, never assumed.
  former: [
    { name: '小河区', now: ['huaxi', 'jingkai'] },
    { name: '小河', now: ['huaxi', 'jingkai'] },
    { name: '金阳新区', now: ['guanshanhu'] },
    { name: '金阳', now: ['guanshanhu'] },
  ],
  townships,
  elsewhere: [
    {
      id: 'guian',
      name: { 'zh-Hans': '贵安新区', en: "Gui'an New Area (贵安新区)" },
      aliases: ['贵安', '贵安新', "Gui'an", "Gui'an New Area"],
      note: {
        'zh-Hans':
          '贵安新区不在贵阳市这个方案里，它2016年有自己的“3个20万”，内容不一样。请问贵安新区的市场监管分局。',
        en: 'Gui’an New Area is not part of Guiyang’s plan: in 2016 it had a “3个20万” of its own, with other content. Please ask its market supervision office (市场监管分局).',
      },
    },
  ],
}

function district(id: string, code: string, full: string, short: string, en: string) {
  return {
    id,
    kind: 'district' as const,
    code,
    name: { 'zh-Hans': full, en: `${en} (${full})` },
    short,
    aliases: [en],
  }
}
