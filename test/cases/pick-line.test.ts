import { expect, it } from 'vitest'
import { pickLine } from '../../flows/programme/form/dialog/pick-line.ts'

const LINES = [
  '姓名',
  '身份证号码',
  '手机号码',
  '企业所在区（市、县）',
  '企业名称',
  '自己投入的钱',
  '干活的人数',
].map((label, at) => ({ field: `f${at + 1}`, label, line: `${at + 1}. ${label}：x` }))
const ENGLISH = [
  'Name',
  'Identity number',
  'Mobile number',
  'District of the business',
  'Own money put in',
].map((label, at) => ({ field: `f${at + 1}`, label, line: `${at + 1}. ${label}: x` }))

it.each([
  ['3', 'f3', null],
  ['改3', 'f3', null],
  ['第3项', 'f3', null],
  ['3️⃣', 'f3', null],
  ['手机号不对', 'f3', null],
  ['电话要改', 'f3', null],
  ['改手机号码', 'f3', null],
  ['我的名字写错了', 'f1', null],
  ['手机号改成13900000002', 'f3', '13900000002'],
  ['把电话换成 139 0000 0002', 'f3', '139 0000 0002'],
  ['姓名应该是王小红', 'f1', '王小红'],
  ['投入的钱改成10万', 'f6', '10万'],
  ['第7项改成5', 'f7', '5'],
  ['手机号错了，是13900000002', 'f3', '13900000002'],
  ['名字搞错了，应该是王小红', 'f1', '王小红'],
  ['电话输错了', 'f3', null],
])('%s is about %s', (typed, field, value) => {
  expect(pickLine(LINES, typed)).toMatchObject({ line: { field }, value })
})

it.each([
  ['change my phone number', 'f3', null],
  ['my name is wrong', 'f1', null],
  ['change the mobile number to 13900000002', 'f3', '13900000002'],
  ['option 2', 'f2', null],
])('%s is about %s', (typed, field, value) => {
  expect(pickLine(ENGLISH, typed)).toMatchObject({ line: { field }, value })
})

const ACCOUNT = ['谁的账户', '户名', '开户银行', '账号'].map((label, at) => ({
  field: `f${at + 1}`,
  label,
  line: `${at + 1}. ${label}：x`,
}))

it.each([
  ['账号错了，是6205500000000000012', 'f4', '6205500000000000012'],
  ['卡号打错了', 'f4', null],
  ['开户行应该是某某银行', 'f3', '某某银行'],
  ['持卡人不对', 'f2', null],
])('%s is about %s', (typed, field, value) => {
  expect(pickLine(ACCOUNT, typed)).toMatchObject({ line: { field }, value })
})

it.each(['都对', '下一步', '99', '今天天气好', '13900000002'])('%s is about none', (typed) => {
  expect(pickLine(LINES, typed)).toBeNull()
})
