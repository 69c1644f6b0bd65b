import type { PlaceTable } from '../../../flows/programme/places/place-table.ts'

/** Three districts that are on no map. */
export const places: PlaceTable = {
  own: [
    {
      id: 'dongqiao',
      kind: 'district',
      short: '东桥',
      aliases: [],
      name: { 'zh-Hans': '东桥区', en: 'Dongqiao District' },
    },
    {
      id: 'xihe',
      kind: 'district',
      short: '西河',
      aliases: [],
      name: { 'zh-Hans': '西河区', en: 'Xihe District' },
    },
    {
      id: 'nanping',
      kind: 'county',
      short: '南坪',
      aliases: [],
      name: { 'zh-Hans': '南坪县', en: 'Nanping County' },
    },
  ],
  city: { names: ['云溪市', '云溪', 'Yunxi'], codes: [] },
  former: [],
  townships: [
    { name: '柳坡镇', in: ['dongqiao'] },
    { name: '石滩乡', in: ['xihe', 'nanping'] },
  ],
  elsewhere: [],
}
