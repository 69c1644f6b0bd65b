import { expect, it } from 'vitest'
import { toCsv } from '../../src/platform/tables/csv.ts'
import { fenOf } from '../../src/vouchers/console/read-form.ts'

const cellOf = (text: string) =>
  toCsv([[text]])
    .replace(/^\uFEFF/, '')
    .replace(/\r\n$/, '')

it.each([
  '=1+1',
  '+1',
  '-1',
  '@x',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '\n=1',
  '\r\n=1',
  '\t=1',
  ' =1',
  '\u200B=1',
  '\u3000＝1',
  '\nx',
])('a cell %j is text for a spreadsheet', (text) =>
  expect(cellOf(text).replace(/^"/, '')).toMatch(/^'/),
)

it.each(['王小明', '5万', 'a=b', '1-2', 'x\n=1'])('a cell %j stays as it is', (text) =>
  expect(cellOf(text).replace(/^"/, '')).not.toMatch(/^'/),
)

it.each([
  ['1800', 180_000],
  ['1,800', 180_000],
  ['1，800.5元', 180_050],
  ['1,000,000', 100_000_000],
  ['１ 800 yuan', 180_000],
  ['1,5', Number.NaN],
  ['1,000,00', Number.NaN],
  ['10,00', Number.NaN],
  [',500', Number.NaN],
  ['1,000,', Number.NaN],
  ['1.000,50', Number.NaN],
  ['1 5', Number.NaN],
  ['-5', Number.NaN],
])('%s yuan is %s fen', (typed, fen) => expect(fenOf(typed)).toBe(fen))

it.each(['520103197001120003', '0012345', '1E5'])(
  'a cell %j keeps its digits in a spreadsheet, which takes them for a text',
  (text) => expect(cellOf(text)).toBe(`\t${text}`),
)

it.each(['13912345678', '2018-03-05', '0', '12'])('a cell %j needs no help', (text) =>
  expect(cellOf(text)).toBe(text),
)
