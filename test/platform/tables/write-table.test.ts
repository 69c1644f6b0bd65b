import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../src/platform/tables/csv.ts'
import type { Value } from '../../../src/platform/tables/rows.ts'
import { writeXlsx } from '../../../src/platform/tables/xlsx.ts'
import { toXlsx } from './whole-table.ts'

/** The rows of each sheet, by somebody else's reader. */
async function sheetsOf(file: Uint8Array): Promise<{ name: string; rows: unknown[][] }[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(Buffer.from(file) as unknown as ArrayBuffer)
  return workbook.worksheets.map((sheet) => {
    const rows: unknown[][] = []
    sheet.eachRow((row) => void rows.push((row.values as unknown[]).slice(1)))
    return { name: sheet.name, rows }
  })
}
const cellsOf = async (file: Uint8Array) => (await sheetsOf(file))[0]?.rows ?? []

/** So many lines, and how many of them were asked for. */
function lines(many: number) {
  const seen = { asked: 0, isClosed: false }
  async function* rows(): AsyncGenerator<readonly Value[]> {
    try {
      yield ['编号', '姓名', '钱']
      for (; seen.asked < many; seen.asked++) yield [`GY18-11-${seen.asked}`, '王小明', seen.asked]
    } finally {
      seen.isClosed = true
    }
  }
  return { rows: rows(), seen }
}

describe('a spreadsheet', () => {
  it('holds what was put in, letter by letter, for a reader of somebody else’s', async () => {
    const rows: Value[][] = [
      ['列<1>', 'a & b', '"c"'],
      ['=1+1', 45_000.5, null],
      ['_x0041_', '第一行\r\n第二行', '𠮷〇'],
      ['a\u0001b', -3, '  x '],
    ]
    expect(await cellsOf(await toXlsx('台账', rows))).toEqual([
      ['列<1>', 'a & b', '"c"'],
      ['=1+1', 45_000.5],
      // As the standard escapes it; this reader leaves it so.
      ['_x005F_x0041_', '第一行\n第二行', '𠮷〇'],
      ['ab', -3, '  x '],
    ])
  })

  it('has a hundred thousand lines, none of them lost', async () => {
    const file = writeXlsx('台账', lines(100_109).rows)
    const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.fromWeb(file as never), {
      worksheets: 'emit',
    })
    let rows = 0
    let sum = 0
    for await (const sheet of reader) {
      for await (const row of sheet) {
        rows += 1
        if (rows > 1) sum += Number(row.getCell(3).value)
      }
    }
    expect([rows, sum]).toEqual([100_110, (100_108 * 100_109) / 2])
  }, 120_000)

  it('cuts what no cell takes, and says so with a mark', async () => {
    const [, [long, pair] = []] = await cellsOf(
      await toXlsx('a', [['x'], ['字'.repeat(40_000), `${'x'.repeat(32_765)}𠮷y`]]),
    )
    expect(String(long)).toHaveLength(32_767)
    expect(String(long).endsWith('字…')).toBe(true)
    expect(String(pair)).toBe(`${'x'.repeat(32_765)}…`)
  })
})

it('of more lines than a sheet takes goes on in the next, below the same headings', async () => {
  const rows = [['编号'], ['1'], ['2'], ['3'], ['4'], ['5']]
  const file = new Uint8Array(
    await new Response(writeXlsx('台账', rows, { mostRows: 3 })).arrayBuffer(),
  )
  expect(await sheetsOf(file)).toEqual([
    { name: '台账', rows: [['编号'], ['1'], ['2']] },
    { name: '台账 (2)', rows: [['编号'], ['3'], ['4']] },
    { name: '台账 (3)', rows: [['编号'], ['5']] },
  ])
})

it.each([
  ['spreadsheet', (rows: AsyncGenerator<readonly Value[]>) => writeXlsx('a', rows)],
  ['CSV', writeCsv],
])('a %s that nobody takes any more asks for no more lines', async (_, written) => {
  const { rows, seen } = lines(100_000)
  const reader = written(rows).getReader()
  await reader.read()
  expect(seen.asked).toBeLessThan(5000)
  await reader.cancel()
  expect(seen).toMatchObject({ isClosed: true })
  expect(seen.asked).toBeLessThan(5000)
})

it('a CSV is whole, with its mark for Excel in front', async () => {
  const file = await new Response(writeCsv(lines(1234).rows)).text()
  // Read as text, the mark falls away.
  const rows = file.trimEnd().split('\r\n')
  expect([rows.length, rows[0], rows.at(-1)]).toEqual([
    1235,
    '编号,姓名,钱',
    'GY18-11-1233,王小明,1233',
  ])
})
