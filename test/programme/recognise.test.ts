import fc from 'fast-check'
import { expect, it } from 'vitest'
import { guiyang2018 } from '../../db/policy/guiyang-2018/pack.ts'
import { checkField } from '../../flows/programme/form/check-field.ts'
import type { FormAnswers } from '../../flows/programme/form/form-field.ts'
import { recognise } from '../../flows/programme/form/recognise.ts'
import { paymentForm } from './payment-form.ts'

const { form, places } = guiyang2018()
if (form === undefined) throw new Error('no form')
const contextOf = (answers: FormAnswers = {}) =>
  ({ today: '2018-06-01', places, locale: 'zh-Hans', answers }) as const
const hear = (text: string, answers?: FormAnswers) => recognise(form, text, contextOf(answers))

const ID = '520102190001010009'
const MOBILE = '13900139000'
const CODE = '91350100M000100Y43'

it.each([
  [`我叫张三，电话${MOBILE}，在花溪区青岩镇`, { name: '张三', mobile: MOBILE, district: 'huaxi' }],
  [`姓名：欧阳娜娜\n身份证：${ID}`, { name: '欧阳娜娜', identityNumber: ID }],
  [`我是张三，身份证520102 19000101 0009`, { name: '张三', identityNumber: ID }],
  [`您好，我是李小红，手机+86 139 0013 9000。`, { name: '李小红', mobile: MOBILE }],
  [`我叫阿依古丽·买买提，代码${CODE.toLowerCase()}`, { name: '阿依古丽·买买提', creditCode: CODE }],
  [
    `企业在贵州省贵阳市清镇市，电话１３９００１３９０００`,
    { mobile: MOBILE, district: 'qingzhen' },
  ],
  ['我在高新区开店', { district: 'gaoxin' }],
  ['我老家在花溪区，店在云岩区', { district: 'yunyan' }],
  [
    `My name is Zhang San, my phone is ${MOBILE}, the shop is in Huaxi District`,
    { name: 'Zhang San', mobile: MOBILE, district: 'huaxi' },
  ],
])('hears %j', (text, expected) => {
  expect(hear(text)).toEqual(expected)
})

it.each([
  ['a number whose check digit does not fit', '520102190001010008'],
  ['a number inside a longer one', `1${ID}7，${MOBILE}22`],
  ['a code that does not add up', '91350100M000100Y44'],
  ['two numbers of a kind', `电话${MOBILE}或者13800138000`],
  ['two people', '520102190001010009和520103190001010005'],
  ['somebody else’s number', `我老婆电话${MOBILE}，客服电话13800138000`],
  ['what somebody is', '我是农民'],
  ['a name without any cue', '张三，花溪'],
  ['我是 without a number beside it', '我是张三'],
  ['a name that runs on', '我叫张三来办这个事'],
  ['a call for somebody', '我叫人去办'],
  ['a nickname', '我叫小张'],
  ['a form of address', '我叫王师傅'],
  ['a place in a name', '我叫白云，张白云'],
  ['another city’s district', '在广州市白云区，广东白云区'],
  ['a home', '我住在花溪区。我在南明区住'],
  ['a birthplace', '我是花溪区人'],
  ['a denial', '店不在花溪区，已经搬离云岩区'],
  ['a question', '在白云区可以吗？'],
  ['two districts', '在花溪区和在云岩区都有店，在云岩区也有'],
  ['a neighbour with a scheme of its own', '在贵安新区'],
  ['sensitive facts', '我是残疾人，也是退伍军人'],
  ['nothing', ''],
])('does not take %s', (_, text) => {
  const { name, ...rest } = hear(text)
  expect(rest).toEqual({})
  if (name !== undefined) expect(name).toBe('白云')
})

it('leaves what was answered as it is', () => {
  expect(hear(`我叫张三，电话${MOBILE}`, { name: '李四' })).toEqual({ mobile: MOBILE })
})

it('never takes an account, nor a minor’s number', () => {
  expect(recognise(paymentForm, '卡号6226050967750613', contextOf())).toEqual({})
  for (const digit of '0123456789X') expect(hear(`52010220010101000${digit}`)).toEqual({})
  // One wrong digit may make a number add up as a credit code.
  for (let at = 0; at < 18; at++) {
    for (const digit of '0123456789') {
      const typed = ID.slice(0, at) + digit + ID.slice(at + 1)
      expect(hear(typed)).toEqual(typed === ID ? { identityNumber: ID } : {})
    }
  }
})

it('never returns what checkField refuses', () => {
  const part = fc.oneof(
    fc.constantFrom(
      '我叫',
      '姓名：',
      '我是',
      '电话',
      '身份证',
      '在',
      '，',
      '。',
      '花溪区',
      '贵阳市',
      '高新区',
      '不',
      ' ',
      '张三',
      '王师傅',
      '买买提·艾力',
      ID,
      MOBILE,
      CODE,
      '92520102M00010022T',
      '520102200101010009',
      'my name is ',
      'Li Si',
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.stringMatching(/^1[3-9]\d{9}$/),
    fc.stringMatching(/^520\d{15}$/),
  )
  let taken = 0
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      for (const [id, value] of Object.entries(hear(parts.join('')))) {
        const field = form.fields.find((one) => one.id === id)
        expect(field?.sensitive).not.toBe(true)
        const said = id === 'district' ? { chosen: [String(value)] } : { typed: String(value) }
        if (field) expect(checkField(field, said, contextOf())).toMatchObject({ ok: true, value })
        taken += 1
      }
    }),
    { numRuns: 3000 },
  )
  expect(taken).toBeGreaterThan(100)
})
