import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { TableRows, Value } from './rows.ts'
import { streamOf } from './stream-of.ts'

/** Characters of one cell, and rows of one sheet, as Excel takes them. */
const LONGEST = 32_767
const MOST_ROWS = 1_048_576
/** TableRows written between two looks at whether somebody still takes them. */
const TOGETHER = 200
/** Stands at the end of what was cut. */
const CUT = '…'

/**
 * A table as a spreadsheet (ECMA-376), written row by row as it is taken away: no more of it is ever in memory, and where
 * nobody takes it any more the rows are asked for no longer. Texts are texts: nothing in a cell is taken for a formula. A
 * text that is longer than a cell takes ends with …; what does not fit one sheet goes on in the next, below the same
 * headings. `name`: of the sheet, 31 characters at most, without `: \ / ? * [ ]`.
 */
export function writeXlsx(
  name: string,
  rows: TableRows,
  { mostRows = MOST_ROWS }: { mostRows?: number } = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return streamOf((emit) => {
    const zip = new Zip((error, data) => {
      if (error !== null) throw error
      // The archive reuses what it hands out.
      if (data.length > 0) emit(Uint8Array.from(data))
    })
    return write(zip, name, rows, mostRows)
  })
}

async function* write(
  zip: Zip,
  name: string,
  rows: TableRows,
  mostRows: number,
): AsyncGenerator<void> {
  let sheets = 0
  let headings = ''
  let inSheet = 0
  let part: ZipDeflate | null = null
  let pending = ''
  const flush = () => {
    part?.push(strToU8(pending))
    pending = ''
  }
  const closeSheet = () => {
    pending += '</sheetData></worksheet>'
    flush()
    part?.push(new Uint8Array(), true)
  }
  const openSheet = () => {
    if (sheets > 0) closeSheet()
    sheets += 1
    part = added(zip, `xl/worksheets/sheet${sheets}.xml`)
    pending = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>${headings}`
    inSheet = headings === '' ? 0 : 1
  }
  openSheet()
  for await (const row of rows) {
    if (inSheet === mostRows) openSheet()
    const isHeading = headings === ''
    const number = inSheet + 1
    const cells = row.map((value, column) => cellOf(value, placeOf(column, number), isHeading))
    const written = `<row r="${number}">${cells.join('')}</row>`
    if (isHeading) headings = written
    pending += written
    inSheet += 1
    if (inSheet % TOGETHER === 0) {
      flush()
      yield
    }
  }
  closeSheet()
  for (const [path, xml] of workbookOf(name, sheets)) added(zip, path).push(strToU8(xml), true)
  zip.end()
}

function added(zip: Zip, path: string): ZipDeflate {
  const part = new ZipDeflate(path, { level: 6 })
  zip.add(part)
  return part
}

/** A text stands in its cell, and not in a table of shared ones that would have to be whole first. */
function cellOf(value: Value, place: string, isHeading: boolean): string {
  if (value === null || value === '') return ''
  const at = `<c r="${place}"${isHeading ? ' s="1"' : ''}`
  if (typeof value === 'number' && Number.isFinite(value)) return `${at}><v>${value}</v></c>`
  return `${at} t="inlineStr"><is><t xml:space="preserve">${escaped(cut(String(value)))}</t></is></c>`
}

/** `AB12`; the column from 0. */
function placeOf(column: number, row: number): string {
  let letters = ''
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  }
  return `${letters}${row}`
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text
  const short = text.slice(0, LONGEST - CUT.length)
  return `${short.isWellFormed() ? short : short.slice(0, -1)}${CUT}`
}

/**
 * What XML has no character for is left out; what Excel would take for the escape of a character (ECMA-376-1, 22.9.2.19) is
 * escaped itself.
 */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** What holds the sheets together, by its path. */
function workbookOf(name: string, sheets: number): [path: string, xml: string][] {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1)
  const title = (number: number) =>
    number === 1 ? escaped(name) : escaped(`${name.slice(0, 26)} (${number})`)
  return [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${KIND}.worksheet+xml"/>`).join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${numbers.map((number) => `<sheet name="${title(number).replaceAll('"', '&quot;')}" sheetId="${number}" r:id="rId${number}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${sheets + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ],
  ]
}
