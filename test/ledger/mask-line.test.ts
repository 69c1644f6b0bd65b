import { expect, it } from 'vitest'
import {
  maskExample,
  maskLine,
  personalColumns,
} from '../../src/ledger/console/import/mask-line.ts'
import { pack } from '../helpers/cases.ts'

const { fields } = pack.form

it('an example says what a column is, and not who stands in it', () => {
  expect(maskExample('王小明', 'field:name', fields)).toBe('王**')
  expect(maskExample('520102198001010021', 'field:identityNumber', fields)).toBe(
    '5201**********0021',
  )
  expect(maskExample('13900001235', 'field:mobile', fields)).toBe('139****1235')
  expect(maskExample('王小明', null, fields)).toBe('王**')
  expect(maskExample('13900001235', null, fields)).not.toContain('1235')
  expect(maskExample('2018-05-02', 'reached:accepted', fields)).toBe('2018-05-02')
})

it('a line that is somebody’s is offered by first characters, headings in their words', () => {
  expect(maskLine(['姓名', '身份证号', null])).toEqual(['姓名', '身份证号', null])
  const line = ['王小明', '520102198001010021', null, '大明早餐店']
  expect(maskLine(line)).toEqual(['王**', '5*****', null, '大****'])
  const mapping = ['field:name', null, 'field:enterpriseName']
  expect(personalColumns(mapping, fields)).toEqual([0])
  expect(maskLine(['王小明', '餐饮', '大明早餐店'], [0])).toEqual(['王**', '餐饮', '大明早餐店'])
})
