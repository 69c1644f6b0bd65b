/**
 * Towns and townships by district: geography, not policy. None of the programme's sources names them; this is the map as
 * commonly known, to be checked by the city's office, and complete only as far as we know it: an unknown name is asked
 * back. Zones run places that lie in a district on the map: such names, and those that two districts have, are asked.
 */
const BY_DISTRICT: Readonly<Record<string, readonly string[]>> = {
  nanming: ['后巢乡', '云关乡', '小碧布依族苗族乡', '永乐乡', '花果园街道'],
  yunyan: ['黔灵镇'],
  huaxi: [
    '青岩镇',
    '石板镇',
    '燕楼镇',
    '麦坪镇',
    '久安乡',
    '高坡苗族乡',
    '孟关苗族布依族乡',
    '黔陶布依族苗族乡',
    '马铃布依族苗族乡',
    '党武镇',
    '湖潮苗族布依族乡',
  ],
  wudang: [
    '东风镇',
    '水田镇',
    '羊昌镇',
    '下坝镇',
    '新场镇',
    '百宜镇',
    '新堡布依族乡',
    '偏坡布依族乡',
  ],
  baiyun: ['沙文镇', '麦架镇', '艳山红镇', '都拉布依族乡', '牛场布依族乡'],
  guanshanhu: ['金华镇', '朱昌镇', '百花湖镇'],
  kaiyang: [
    '城关镇',
    '双流镇',
    '金中镇',
    '冯三镇',
    '楠木渡镇',
    '龙岗镇',
    '永温镇',
    '花梨镇',
    '南龙乡',
    '宅吉乡',
    '龙水乡',
    '米坪乡',
    '毛云乡',
    '高寨苗族布依族乡',
    '禾丰布依族苗族乡',
    '南江布依族苗族乡',
  ],
  xifeng: [
    '永靖镇',
    '温泉镇',
    '九庄镇',
    '小寨坝镇',
    '西山镇',
    '养龙司镇',
    '石硐镇',
    '鹿窝镇',
    '流长镇',
    '青山苗族乡',
  ],
  xiuwen: [
    '龙场镇',
    '扎佐镇',
    '久长镇',
    '六广镇',
    '小箐镇',
    '洒坪镇',
    '六屯镇',
    '六桶镇',
    '谷堡镇',
    '大石布依族乡',
  ],
  qingzhen: [
    '红枫湖镇',
    '站街镇',
    '卫城镇',
    '新店镇',
    '暗流镇',
    '犁倭镇',
    '流长苗族乡',
    '麦格苗族布依族乡',
    '王庄布依族苗族乡',
  ],
  gaoxin: ['沙文镇', '麦架镇'],
  shuanglong: ['小碧布依族苗族乡'],
  guian: ['党武镇', '湖潮苗族布依族乡'],
}

/** A name as people say it, which two districts may share though their full names differ: 流长. */
const SHARED: readonly { name: string; in: string[] }[] = [
  { name: '流长乡', in: ['qingzhen', 'xifeng'] },
]

const names = [...new Set(Object.values(BY_DISTRICT).flat())]

export const townships: { name: string; in: string[] }[] = [
  ...names.map((name) => ({
    name,
    in: Object.keys(BY_DISTRICT).filter((id) => BY_DISTRICT[id]?.includes(name)),
  })),
  ...SHARED,
]
