import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { places } from '../../db/policy/guiyang-2018/places.ts'
import { editDistance } from '../../flows/programme/places/edit-distance.ts'
import { PlaceTable } from '../../flows/programme/places/place-table.ts'
import { resolvePlace } from '../../flows/programme/places/places.ts'

const find = (typed: string) => {
  const result = resolvePlace(places, typed)
  if (result.kind === 'found') return `${result.id} ${result.how}`
  if (result.kind === 'candidates') return result.ids.toSorted().join(' or ')
  return result.kind === 'elsewhere' ? `elsewhere: ${result.id}` : result.kind
}

describe('the table', () => {
  it('is sound: ten with codes, four zones', () => {
    expect(PlaceTable.parse(places)).toEqual(places)
    expect(places.own.filter(({ code }) => code !== undefined)).toHaveLength(10)
    expect(places.own.filter(({ kind }) => kind === 'zone')).toHaveLength(4)
  })

  it('has no hole', () => {
    const copy = { ...places, former: [{ name: '小河', now: ['atlantis'] }] }
    expect(PlaceTable.safeParse(copy).error?.message).toContain('there is no place atlantis')
    const twice = { ...places, own: [...places.own, ...places.own] }
    expect(PlaceTable.safeParse(twice).error?.message).toContain('share an id')
  })

  it.each(places.own)('finds $short by every name and code', ({ id, name, short, code }) => {
    for (const typed of [name['zh-Hans'], short, name.en, code ?? short]) {
      expect(find(typed), typed).toBe(`${id} exact`)
    }
    expect(find(`贵阳市${short}`)).toBe(`${id} exact`)
    expect(find(` ${short} `)).toBe(`${id} exact`)
  })
})

it.each([
  ['花溪', 'huaxi exact'],
  ['huaxi', 'huaxi exact'],
  ['Hua Xi', 'huaxi exact'],
  ['huaxiqu', 'huaxi exact'],
  ['hx', 'huaxi exact'],
  ['HXQ', 'huaxi exact'],
  ['Huaxi District', 'huaxi exact'],
  ['gsh', 'guanshanhu exact'],
  ['kaiyangxian', 'kaiyang exact'],
  ['high-tech zone', 'gaoxin exact'],
  ['520111001001', 'huaxi exact'],
  ['５２０１０３', 'yunyan exact'],
  ['貴陽市烏當區', 'wudang exact'],
  ['觀山湖', 'guanshanhu exact'],
  ['雲岩', 'yunyan exact'],
  ['我在清镇站街开店', 'qingzhen exact'],
  ['贵州省贵阳市南明区花果园', 'nanming exact'],
  ['贵阳国家高新技术产业开发区', 'gaoxin exact'],
  ['经济技术开发区', 'jingkai exact'],
  ['综合保税区', 'zongbao exact'],
  ['双龙航空港', 'shuanglong exact'],
])('knows %s', (typed, expected) => expect(find(typed)).toBe(expected))

it.each([
  ['花西', 'huaxi guess'],
  ['华溪区', 'huaxi guess'],
  ['息峰', 'xifeng guess'],
  ['清真', 'qingzhen guess'],
  ['休文', 'xiuwen guess'],
  ['观山', 'guanshanhu guess'],
  ['云', 'yunyan guess'],
  ['nanmin', 'nanming guess'],
  ['yuyan', 'yunyan guess'],
  ['guanshnahu', 'guanshanhu guess'],
  ['qinzheng', 'qingzhen guess'],
  // Abolished; what it is today has to be confirmed.
  ['金阳新区', 'guanshanhu guess'],
])('guesses %s', (typed, expected) => expect(find(typed)).toBe(expected))

it.each([
  ['开发区', 'gaoxin or jingkai'],
  ['小河区', 'huaxi or jingkai'],
  ['白云高新区', 'baiyun or gaoxin'],
  ['花溪还是乌当', 'huaxi or wudang'],
  ['kaiyun', 'baiyun or kaiyang'],
  ['贵阳', 'city'],
  ['贵阳市', 'city'],
  ['guiyang', 'city'],
  ['520100', 'city'],
  ['520101', 'city'],
])('asks back for %s', (typed, expected) => expect(find(typed)).toBe(expected))

it.each([
  '贵安新区',
  '贵安',
  '貴安新區',
  'guian',
  "Gui'an New Area",
  'gui an',
  '贵安新区湖潮乡',
  '贵安新去',
])('says that %s has a scheme of its own', (typed) => expect(find(typed)).toBe('elsewhere: guian'))

it.each([
  '',
  '   ',
  '遵义',
  '北京',
  'kaili',
  '123',
  '520114',
  '5201111',
  '大坡',
  'hello',
  '?!',
  '😀',
])('does not know %j', (typed) => expect(find(typed)).toBe('unknown'))

it('never throws, and finds a name through one slip of the finger or asks', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (typed) => {
      expect(find(typed)).not.toBe('')
    }),
  )
  const pinyin = {
    huaxi: 'huaxi',
    qingzhen: 'qingzhen',
    guanshanhu: 'guanshanhu',
    xiuwen: 'xiuwen',
  }
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.entries(pinyin)),
      fc.nat(9),
      letter,
      ([id, name], at, l) => {
        const slipped = name.slice(0, at % name.length) + l + name.slice((at % name.length) + 1)
        // A slip may split a sound that is blurred (zh, ng), and is then two slips.
        expect(find(slipped)).toMatch(new RegExp(`${id}|unknown`))
      },
    ),
  )
})

it.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['huaxi', 'huaxi', 0],
  ['huaxi', 'huxai', 1],
  ['huaxi', 'huxi', 1],
  ['huaxi', 'huaxii', 1],
  ['huaxi', 'hauix', 2],
])('counts the slips between %j and %j', (left, right, slips) => {
  expect(editDistance(left, right)).toBe(slips)
  expect(editDistance(right, left)).toBe(slips)
})
