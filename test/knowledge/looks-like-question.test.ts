import { expect, it } from 'vitest'
import { looksLikeQuestion } from '../../flows/knowledge/looks-like-question.ts'

it.each([
  '需要什么材料？',
  '补好多钱',
  '直接补助多少',
  '这个要交钱吗',
  '残疾人优先不',
  '哪样是微型企业',
  '请问电话',
  '贷款利息你们补不补',
  '材料批没批哦',
  '可不可以两个人办',
  '为什么要身份证',
  'How much is the subsidy',
  'do I need a licence',
  'what is this?',
])('takes %s for a question', (text) => {
  expect(looksLikeQuestion(text)).toBe(true)
})

it.each([
  '老王米粉店',
  '贵阳市云岩区中华北路1号',
  '张三',
  '不',
  '我不',
  '没有',
  '有',
  '13800138000',
  '2018年3月',
  '3人',
  '什么都行',
  '没什么',
  '随便',
  '4.5万',
  '种茶',
  '时不时回来种茶',
  '动不动停电',
  '何家寨茶园',
  '？',
  '',
  'Tea House No. 2',
  'yes',
  'I do',
])('takes %s for an answer', (text) => {
  expect(looksLikeQuestion(text)).toBe(false)
})
