import { attributesOf, writeTag, type XmlToken, xmlTokens } from './xml-tokens.ts'

/** Where a table ends: cells further right, or below so many empty rows, belong to something else. */
export type SheetBounds = {
  columns: number
  /** Rows with something in them, the headings among them. */
  rows: number
  /** Empty rows after which the table has ended. */
  gap: number
  /** Characters of one cell; a spreadsheet takes 32,767. */
  cellCharacters: number
}

/** `leftOut`: cells outside of the bounds that had something in them. */
export type TrimmedSheet =
  | {
      ok: true
      xml: string
      leftOut: number
      /** How long each shared string of this file is, in characters. */
      strings: readonly number[]
      /** How often each shared string is used here, by its number. */
      uses: ReadonlyMap<string, number>
      /** The number that each row had in the file. */
      numbers: readonly number[]
      /** Cells that stand for those below them (18.3.1.55), as the file numbers rows. */
      merged: readonly MergedCells[]
    }
  | { ok: false; problem: 'too-long' | 'too-large' }

/** A column, from 0, whose cells from one row to another are one. */
export type MergedCells = { column: number; from: number; to: number }

type Open = Extract<XmlToken, { kind: 'open' }>
type Cell = { at: number; column: number; type: string; full: boolean }
type Row = { at: number; number: number | null; cells: number }

/**
 * Writes the XML of a sheet anew (ECMA-376-1, 18.3.1) without what is outside of the bounds, with the rows that
 * have something in them one below the other: a reader that builds the rectangle around all cells then builds
 * no larger one. Only what was understood is written, so that no reader finds in it what was not seen here. Other
 * XML comes out as it was, without comments. Throws for what is no XML.
 */
export function trimSheet(xml: string, bounds: SheetBounds): TrimmedSheet {
  const out: string[] = []
  /** Up to where it has been written or left out. */
  let written = 0
  const strings: number[] = []
  const uses = new Map<string, number>()
  const numbers: number[] = []
  const merged: MergedCells[] = []
  let leftOut = 0
  let rows = 0
  /** The last row of the sheet that had something in it. */
  let lastFull = 0
  let row: Row | null = null
  let cell: Cell | null = null
  let text = ''
  /** Of the cell or shared string that is being read. */
  let characters = 0

  for (const token of xmlTokens(xml)) {
    const { start, end } = token
    if (token.kind === 'text') {
      text = xml.slice(start, end)
      characters += text.length
      if (characters > bounds.cellCharacters && text.trim() !== '') {
        return { ok: false, problem: 'too-large' }
      }
      // What a reader takes for the extent of the sheet is its cells alone.
    } else if (token.kind === 'aside' || token.name === 'dimension') skip(start, end)
    else if (token.kind === 'open') {
      text = ''
      if (token.name === 'row') row = openRow(token)
      else if (token.name === 'c') cell = openCell(token)
      else if (token.name === 'si') characters = 0
      else if (token.name === 'mergeCell') merge(token)
      else if (cell !== null && (token.name === 'v' || token.name === 't')) {
        cell.full ||= !token.empty
      }
    } else if (token.name === 'v') use()
    else if (token.name === 'c') closeCell(end)
    else if (token.name === 'si') {
      strings.push(characters)
      characters = 0
    } else if (token.name === 'row') {
      closeRow(end)
      if (rows > bounds.rows) return { ok: false, problem: 'too-long' }
    }
  }
  skip(xml.length, xml.length)
  return { ok: true, xml: out.join(''), leftOut, strings, uses, numbers, merged }

  /** Writes what comes before `start`, and leaves out what comes up to `end`. */
  function skip(start: number, end: number): void {
    if (start > written) out.push(xml.slice(written, start))
    written = end
  }

  /** Takes back what was written from `at` on, and leaves out what comes up to `end`. */
  function takeBack(at: number, end: number): void {
    out.length = at
    written = end
  }

  function openRow(token: Open): Row {
    skip(token.start, token.end)
    const at = out.length
    const attributes = attributesOf(token.inside)
    const number = attributes.get('r')
    if (number !== undefined && !/^[1-9]\d{0,6}$/.test(number))
      throw new Error('no number of a row')
    attributes.set('r', `${rows + 1}`)
    out.push(writeTag(token.tag, attributes, token.empty))
    return { at, number: number === undefined ? null : Number(number), cells: 0 }
  }

  function openCell(token: Open): Cell {
    skip(token.start, token.end)
    const at = out.length
    const attributes = attributesOf(token.inside)
    const where = placeOf(attributes.get('r'))
    if (row === null) throw new Error('a cell stands in no row')
    row.number ??= where.row
    if (row.number !== where.row) throw new Error('a cell stands in the row of another')
    attributes.set('r', `${where.letters}${rows + 1}`)
    // A reader takes an error for an empty cell: as a text it is seen.
    if (attributes.get('t') === 'e') attributes.set('t', 'str')
    out.push(writeTag(token.tag, attributes, token.empty))
    characters = 0
    return { at, column: where.column, type: attributes.get('t') ?? 'n', full: false }
  }

  function merge({ inside }: Open): void {
    const [first, last] = (attributesOf(inside).get('ref') ?? '').split(':').map(placeOf)
    if (first === undefined || last === undefined || last.row <= first.row) return
    merged.push({ column: first.column - 1, from: first.row, to: last.row })
    if (merged.length > bounds.rows) throw new Error('more merged cells than rows')
  }

  function use(): void {
    if (cell?.type !== 's') return
    const number = text.trim()
    uses.set(number, (uses.get(number) ?? 0) + 1)
  }

  function closeCell(end: number): void {
    if (cell === null || row === null) throw new Error('a cell ends that has not begun')
    const isFar = (row.number ?? 0) > lastFull + bounds.gap + 1
    const isStray = isFar || cell.column > bounds.columns
    if (isStray && cell.full) leftOut += 1
    if (isStray || !cell.full) takeBack(cell.at, end)
    else row.cells += 1
    cell = null
    characters = 0
  }

  function closeRow(end: number): void {
    if (row === null) throw new Error('a row ends that has not begun')
    if (row.cells === 0) takeBack(row.at, end)
    else {
      rows += 1
      lastFull = row.number ?? lastFull
      numbers.push(lastFull)
    }
    row = null
  }
}

/** `BC17` as its row and column, both from 1. */
function placeOf(address: string | undefined): { letters: string; column: number; row: number } {
  const [, letters = '', row = ''] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(address ?? '') ?? []
  if (letters === '') throw new Error('a cell without a place')
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return { letters, column, row: Number(row) }
}
