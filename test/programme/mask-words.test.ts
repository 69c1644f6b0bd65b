import { expect, it } from 'vitest'
import { maskLabelled, maskWords } from '../../flows/programme/form/mask-words.ts'

it.each([
  ['我的身份证是520115196001010008', '我的身份证是***'],
  ['520115 19600101 000X 手机１３９-0000-0005', '*** 手机***'],
  ['卡号6222 0212 3456 7890 123，开户行花溪', '卡号***，开户行花溪'],
  ['我叫王小明，想开店', '我叫***，想开店'],
  ['姓名：欧阳试金', '姓名：***'],
  ['My name is Wang Xiaoming and I have a question', 'My name is *** and I have a question'],
  ['券码：ABCD-EFGH-JKLM-NPQR', '券码：***'],
  ['电话1\u200b3\u200b9\u200b0000\u2060000\ufeff5', '电话***'],
  ['打（139）／0000 0005', '打（***'],
  ['139_0000_0005', '***'],
  ['手机是幺三九 〇〇〇〇 〇〇〇五和一三九零零零零零零零五', '手机是***和***'],
  ['二〇一八年六月一日，一、二、三', '二〇一八年六月一日，一、二、三'],
  ['补助最多200000元？2018年的', '补助最多***元？2018年的'],
  ['2018年6月1日能办吗，要5万元', '2018年6月1日能办吗，要5万元'],
])('%s is shown as %s', (words, shown) => expect(maskWords(words)).toBe(shown))

it('takes out what is known of the person, the longest first', () => {
  expect(maskWords('王小明早餐店的王小明', ['王小明', '王小明早餐店', '王'])).toBe('***的***')
})

it('knows them however they are spaced, and takes no sign of theirs for a pattern', () => {
  const known = ['王小明', 'Wang Xiaoming', '(a|b)+[c]']
  expect(maskWords('王 小明，王\u200b小\u200b明，WANG xiaoming', known)).toBe('***，***，***')
  expect(maskWords('(a|b)+[c] ab', known)).toBe('*** ab')
})

it('keeps the labels of a review and nothing behind them', () => {
  expect(maskLabelled('都填好了：\n1. 姓名：王**\n· 重点人员: 残疾人')).toBe(
    '都填好了：\n1. 姓名：***\n· 重点人员:***',
  )
})
