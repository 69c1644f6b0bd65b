import { strToU8, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readTable } from '../../../src/platform/tables/read-table.ts'
import { toXlsx } from '../../../src/platform/tables/xlsx.ts'

const MOST_LINES = 50_000
const read = (bytes: Uint8Array) => readTable(bytes, MOST_LINES)
const csv = (text: string) => read(new TextEncoder().encode(text))
/** What it takes at most here; unbounded, the same files take ten seconds to minutes, or all memory. */
const SECONDS = 15_000

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** A workbook whose first sheet has these rows. */
const workbook = (rows: string, more: Zippable = {}, target = 'worksheets/sheet1.xml') =>
  zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="${OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="${target}"/></Relationships>`,
    ),
    [`xl/${target}`]: strToU8(
      `<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>${rows}</sheetData></worksheet>`,
    ),
    ...more,
  })
const text = (at: string, words: string) =>
  `<c r="${at}" t="inlineStr"><is><t>${words}</t></is></c>`
const TABLE = `<row r="1">${text('A1', '姓名')}${text('B1', '电话')}</row><row r="2">${text('A2', '李小茶')}${text('B2', '139')}</row>`
const ROWS = [
  ['姓名', '电话'],
  ['李小茶', '139'],
]

describe('cells far away from a spreadsheet’s table', () => {
  it.each([
    ['below it', `<row r="1048576">${text('A1048576', 'z')}</row>`, 1],
    ['below and right of it', `<row r="1048576">${text('XFD1048576', 'z')}</row>`, 1],
    ['right of it', `<row r="3">${text('XFD3', 'z')}</row>`, 1],
    ['with nothing in them', '<row r="1048576"><c r="XFD1048576" s="1"/></row>', 0],
    ['of another prefix', '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>', 1],
    ['behind a comment', `<!-- --><row r='9999'>${text('XFD9999', '1 > 0')}</row>`, 1],
  ])('%s are left out and counted', async (_, far, leftOut) => {
    expect(await read(workbook(TABLE + far))).toEqual({
      ok: true,
      rows: ROWS,
      numbers: [1, 2],
      leftOut,
    })
  })

  it('count wherever the workbook says that its sheet is', async () => {
    const far = `<row r="1048576">${text('XFD1048576', 'z')}</row>`
    for (const target of ['styles.xml', 'sharedStrings.xml', 'elsewhere/x.xml'])
      expect(await read(workbook(TABLE + far, {}, target)), target).toMatchObject({ leftOut: 1 })
  })

  it('of its lines, some empty ones may stand between two', async () => {
    const later = `<row r="900">${text('A900', '王小花')}${text('B900', '138')}</row>`
    expect(await read(workbook(TABLE + later))).toEqual({
      ok: true,
      rows: [...ROWS, ['王小花', '138']],
      numbers: [1, 2, 900],
      leftOut: 0,
    })
  })

  it('is a line after more than a thousand empty ones', async () => {
    const far = `<row r="1004">${text('A1004', '王小花')}</row>`
    expect(await read(workbook(TABLE + far))).toEqual({ ok: true, rows: ROWS, leftOut: 1 })
  })
})

describe('a spreadsheet that is larger than it looks', () => {
  it.each([
    ['one part that unpacks to 64 MB', { 'xl/a.xml': new Uint8Array(64 * 1024 * 1024) }],
    [
      'many parts',
      Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`${at}`, new Uint8Array()])),
    ],
  ])(
    '%s',
    async (_, more: Zippable) => {
      expect(await read(workbook(TABLE, more))).toEqual({ ok: false, problem: 'too-large' })
    },
    60_000,
  )

  it.each([
    ['elements within elements, half a million deep', '<a>'.repeat(500_000), 'unreadable'],
    ['a comment without an end', `<!--${'-'.repeat(2_000_000)}`, 'unreadable'],
    ['nothing but openings', '<'.repeat(2_000_000), 'unreadable'],
    ['cells without a place', `<row r="3">${'<c/>'.repeat(500_000)}</row>`, 'unreadable'],
    ['the same row without end', `<row r="1">${text('A1', 'x')}</row>`.repeat(100_000), 'too-long'],
    ['rows that are no numbers', '<row r="0"><c r="A-5"><v>1</v></c></row>', 'unreadable'],
  ])('%s', async (_, rows, problem) => {
    expect(await read(workbook(TABLE + rows))).toEqual({ ok: false, problem })
  })

  it('entities that hold entities are not opened', async () => {
    const laughs = Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    )
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${laughs.join('')}]><worksheet><sheetData>${TABLE}<row r="3">${text('A3', '&l9;')}</row></sheetData></worksheet>`
    const whole = workbook('', { 'xl/worksheets/sheet1.xml': strToU8(xml) })
    expect(await read(whole)).toEqual({ ok: false, problem: 'unreadable' })
  })

  it('says so of what it promises to be small', async () => {
    const packed = zipSync({ 'xl/a.xml': new Uint8Array(64 * 1024 * 1024) })
    // The size in the local header and in the table of contents.
    const view = new DataView(packed.buffer)
    for (let at = 0; at + 30 < packed.length; at++) {
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 10, true)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true)
    }
    expect(await read(packed)).toEqual({ ok: false, problem: 'too-large' })
  }, 60_000)

  it.each([
    [
      'a cell of a million letters',
      `${TABLE}<row r="3">${text('A3', '字'.repeat(1_000_000))}</row>`,
    ],
    [
      'a cell in pieces',
      `${TABLE}<row r="3"><c r="A3" t="inlineStr"><is>${'<r><t>字字字字</t></r>'.repeat(10_000)}</is></c></row>`,
    ],
  ])('%s', async (_, rows) => {
    expect(await read(workbook(rows))).toEqual({ ok: false, problem: 'too-large' })
  })

  it('a shared string that is used without end', async () => {
    const shared = strToU8(
      `<sst><si><t>${' '.repeat(15_000)}字${' '.repeat(15_000)}</t></si></sst>`,
    )
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="s"><v>0</v></c></row>`,
    )
    const file = workbook(rows.join(''), { 'xl/sharedStrings.xml': shared })
    expect(await read(file)).toEqual({ ok: false, problem: 'too-large' })
  })

  it(
    'a line too many',
    async () => {
      const rows = Array.from(
        { length: MOST_LINES + 2 },
        (_, at) => `<row>${text(`A${at + 1}`, 'z')}</row>`,
      )
      expect(await read(workbook(rows.join('')))).toEqual({ ok: false, problem: 'too-long' })
    },
    SECONDS,
  )

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]>'],
    ['a cell out of its row', `<row r="3">${text('A4', 'z')}</row>`],
    ['a cell without a place', '<row r="3"><c><v>1</v></c></row>'],
    ['an attribute left open', '<row r="3><c r="A3"/></row>'],
  ])('is not read where it has %s', async (_, rows) => {
    expect(await read(workbook(TABLE + rows))).toEqual({ ok: false, problem: 'unreadable' })
  })
})

it('reads what our own spreadsheets hold, letter by letter', async () => {
  const rows = [
    ['a & b', '<c r="XFD9">', '"quoted" \'so\''],
    ['一 二', '1.5', 'z'],
  ]
  const file = await toXlsx([
    { name: '第一', rows },
    { name: '第二', rows: [['x'], ['y']] },
  ])
  expect(await read(file)).toEqual({
    ok: true,
    rows,
    numbers: rows.map((_, at) => at + 1),
    leftOut: 0,
  })
})

describe('a CSV', () => {
  it('of 100 columns and what is beyond them', async () => {
    const wide = Array.from({ length: 102 }, (_, at) => `${at}`).join(',')
    const table = await csv(`${wide}\n${wide}\n`)
    expect(table).toMatchObject({ ok: true, leftOut: 4 })
    if (table.ok) expect(table.rows.map((row) => row.length)).toEqual([100, 100])
  })

  it.each([
    ['nothing but separators', ','.repeat(10_000_000), 'too-large'],
    ['nothing but lines', '\n'.repeat(10_000_000), 'too-large'],
    ['nothing but quotes', '"'.repeat(10_000_000), 'too-large'],
    ['quotes where none belong', '"a"b'.repeat(2_500_000), 'unreadable'],
    ['a quote left open', 'a,b\n"c,d\n', 'unreadable'],
    ['one long cell', `a,b\n${'x'.repeat(10_000_000)}`, 'too-large'],
    ['a line too many', 'a,b\n'.repeat(MOST_LINES + 2), 'too-long'],
  ])(
    'of %s is refused at once',
    async (_, file, problem) => {
      const began = performance.now()
      expect(await csv(file)).toEqual({ ok: false, problem })
      expect(performance.now() - began).toBeLessThan(5000)
    },
    SECONDS,
  )

  it('of quotes, separators and lines within cells is read as it is', async () => {
    expect(await csv('a;b\r\n"x ""y""; z" ;"two\nlines"\r\n')).toMatchObject({
      ok: true,
      rows: [
        ['a', 'b'],
        ['x "y"; z', 'two\nlines'],
      ],
    })
  })
})
