import { listWrongLines } from '../../../../db/ledger/import-lines.ts'
import type { ConsoleDeps } from '../../../console/route.ts'
import { importColumns } from '../../import/columns.ts'
import type { LineProblem } from '../../import/read-line.ts'
import type { ImportView } from './view.ts'

/** What is wrong with one cell, in the words of who looks. `row`: as the spreadsheet counts, headings first. */
export type ProblemLine = { row: number; column: string; what: string }

/** The problems of lines that are not taken, from after one of them; a line may have several. */
export async function problemLines(
  { db, translate }: ConsoleDeps,
  view: ImportView,
  importId: string,
  page: { after: number; limit: number },
): Promise<{ lines: ProblemLine[]; last: number | null }> {
  const { locale, pack, words } = view
  const columns = importColumns(pack, words)
  const wrong = await listWrongLines(db, importId, page)
  const lines = wrong.flatMap(({ line, problems }) =>
    // Our own JSON, from readLine.
    (problems as readonly LineProblem[]).map(({ column, text }) => ({
      row: line + 1,
      column: columns.find(({ id }) => id === column)?.label[locale] ?? column,
      what: 'text' in text ? text.text : translate(locale, text.key, text.params),
    })),
  )
  return { lines, last: wrong.length < page.limit ? null : (wrong.at(-1)?.line ?? null) }
}
