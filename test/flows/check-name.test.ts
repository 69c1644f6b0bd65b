import { expect, it } from 'vitest'
import { checkName } from '../../flows/programme/form/check-name.ts'

it.each([
  '不得搞咯',
  '身份证掉了',
  '算了算了烦球得很',
  '等我婆娘回来再弄',
  '我手机要没电了',
  '填了就能拿到钱不',
  'lost my id',
  'this is too much',
  'brb',
  "i can't see well",
])('takes talk for no name: %s', (typed) => {
  expect(checkName(typed)).toMatchObject({ ok: false, problem: { key: 'form.nameSentence' } })
})

it.each([
  '那英',
  '欧阳了凡',
  '李不凡',
  '何必',
  '程有才',
  '贺哈哈',
  '你德',
  '没藏',
  'You Li',
  'Do Van My',
  'Can Yilmaz',
])('takes a name for a name, whatever its characters mean: %s', (typed) => {
  expect(checkName(typed)).toEqual({ ok: true, value: typed })
})
