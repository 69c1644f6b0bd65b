import { expect, it } from 'vitest'
import { normalise, normaliseForm } from '../../flows/knowledge/language/normalise.ts'
import { normaliseNumbers } from '../../flows/knowledge/language/numbers.ts'
import { prepare, tokenise } from '../../flows/knowledge/language/tokenise.ts'

it.each([
  ['４．５万', '4.5万'],
  ['直接補助每戶多少錢', '直接补助每户多少钱'],
  ['省、市、县7∶1∶2', '省,市,县7:1:2'],
  ['“抱团取暖” 是 什么', '抱团取暖是什么'],
  ['WeChat  Pay', 'wechat pay'],
  ['真的吗？！', '真的吗?'],
])('folds %s to %s', (typed, folded) => {
  expect(normaliseForm(typed)).toBe(folded)
})

it.each([
  ['四万五', '45000'],
  ['4.5万', '45000'],
  ['4万5', '45000'],
  ['45,000元', '45000元'],
  ['4.5w', '45000'],
  ['四万五千', '45000'],
  ['三个二十万', '3个200000'],
  ['3个20万', '3个200000'],
  ['一万一千人', '11000人'],
  ['三千五百户', '3500户'],
  ['一百零五', '105'],
  ['十一月底前', '11月底前'],
  ['十五个', '15个'],
  ['七比一比二', '7:1:2'],
  ['3比7', '3:7'],
  ['二〇一八年', '2018年'],
  ['二零一六年', '2016年'],
  ['16年的政策', '2016年的政策'],
  ['千万不要', '千万不要'],
  ['万一没有', '万一没有'],
  ['城市三变', '城市三变'],
  ['八进是什么', '八进是什么'],
])('writes the number in %s as %s', (typed, written) => {
  expect(normaliseNumbers(typed)).toBe(written)
})

it.each([
  ['咋个申请', '怎么申请'],
  ['好多钱', '多少钱'],
  ['有哪样补贴', '有什么补助'],
  ['没得台帐', '没有台账'],
  ['小微企业的服务券', '微企的电子券'],
  ['请问优先吗', '优先'],
  ['残疾人照顾不', '残疾人优先'],
  ['subsidy怎么领', '补助怎么领'],
])('says %s as %s', (typed, meant) => {
  expect(normalise(typed)).toBe(meant)
})

it('hears a homophone as the word itself', () => {
  const terms = (text: string) => [...tokenise([prepare(text, 'zh')], 'zh').keys()]
  const sounds = (text: string) => terms(text).filter((term) => term.startsWith('~'))
  expect(sounds('就叶')).toEqual(sounds('就业'))
  expect(sounds('三遍改革')).toEqual(sounds('三变改革'))
})

it('stems English lightly and drops what says nothing', () => {
  const terms = (text: string) => [...tokenise([prepare(text, 'en')], 'en').keys()]
  expect(terms('The vouchers')).toEqual(terms('a voucher'))
  expect(terms('applying')).toEqual(terms('applied'))
  expect(terms('e-vouchers')).toEqual(terms('voucher'))
  expect(terms('45,000')).toEqual(['45000'])
})
