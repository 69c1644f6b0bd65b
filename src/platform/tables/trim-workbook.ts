import { strToU8, zipSync } from 'fflate'
import { type MergedCells, type SheetBounds, trimSheet } from './trim-sheet.ts'
import { unpackXml } from './unpack.ts'
import { attributesOf, xmlTokens } from './xml-tokens.ts'

/** What a spreadsheet may hold. */
export type WorkbookBounds = SheetBounds & {
  /** Bytes of all its XML, unpacked. */
  bytes: number
  /** Characters of all its cells together; a shared string counts as often as it is used. */
  characters: number
}

type TrimmedWorkbook =
  | {
      ok: true
      file: Uint8Array
      leftOut: number
      /** The number that each row had in the file. */
      numbers: readonly number[]
      merged: readonly MergedCells[]
    }
  | { ok: false; problem: 'too-long' | 'too-large' }

const WORKBOOK = 'xl/workbook.xml'
const RELATIONS = 'xl/_rels/workbook.xml.rels'

/**
 * A spreadsheet (ECMA-376) with nothing left of it but its first sheet, the strings and the formats, each within the
 * bounds: safe for a reader that trusts what it reads. Throws where it is no spreadsheet.
 */
export function trimWorkbook(archive: Uint8Array, bounds: WorkbookBounds): TrimmedWorkbook {
  const files = unpackXml(archive, bounds.bytes)
  if (files === null) return { ok: false, problem: 'too-large' }
  const kept: Record<string, Uint8Array> = {}
  let strings: readonly number[] = []
  const uses = new Map<string, number>()
  let leftOut = 0
  let sheet: { numbers: readonly number[]; merged: readonly MergedCells[] } | undefined
  for (const name of new Set([WORKBOOK, RELATIONS, ...partsOf(files)])) {
    const xml = files.get(name)
    if (xml === undefined) continue
    const trimmed = trimSheet(xml, bounds)
    if (!trimmed.ok) return trimmed
    kept[name] = strToU8(trimmed.xml)
    leftOut += trimmed.leftOut
    if (trimmed.numbers.length > 0) sheet ??= trimmed
    strings = strings.concat(trimmed.strings)
    for (const [number, count] of trimmed.uses) uses.set(number, (uses.get(number) ?? 0) + count)
  }
  let characters = 0
  for (const [number, count] of uses) characters += (strings[Number(number)] ?? 0) * count
  if (characters > bounds.characters) return { ok: false, problem: 'too-large' }
  const { numbers = [], merged = [] } = sheet ?? {}
  return { ok: true, file: zipSync(kept, { level: 0 }), leftOut, numbers, merged }
}

/** The first sheet, the shared strings and the formats, where the workbook says that they are. */
function partsOf(files: ReadonlyMap<string, string>): string[] {
  const relations = elements(files.get(RELATIONS), 'Relationship')
  const first = elements(files.get(WORKBOOK), 'sheet')[0]
  const id = [...(first ?? [])].find(([name]) => /^[^:]+:id$/.test(name))?.[1]
  const pathOf = (relation: ReadonlyMap<string, string> | undefined) => {
    const target = relation?.get('Target')
    if (target === undefined) return null
    return target.startsWith('/') ? target.slice(1) : `xl/${target}`
  }
  const ofType = (type: string) =>
    pathOf(relations.find((relation) => relation.get('Type')?.endsWith(`/${type}`)))
  return [
    pathOf(relations.find((relation) => relation.get('Id') === id)) ?? '',
    ofType('sharedStrings') ?? 'xl/sharedStrings.xml',
    ofType('styles') ?? 'xl/styles.xml',
  ]
}

function elements(xml: string | undefined, name: string): ReadonlyMap<string, string>[] {
  const found: ReadonlyMap<string, string>[] = []
  for (const token of xmlTokens(xml ?? '')) {
    if (token.kind === 'open' && token.name === name) found.push(attributesOf(token.inside))
  }
  return found
}
