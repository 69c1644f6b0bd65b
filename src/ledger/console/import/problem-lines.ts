import { listToldLines } from '../../../../db/ledger/import-lines.ts'
import type { ConsoleDeps } from '../../../console/route.ts'
import { importColumns } from '../../import/columns.ts'
import type { LineProblem } from '../../import/read-line.ts'
import type { ImportView } from './view.ts'

/** What is wrong with one cell, in the words of who looks. `row`: as the spreadsheet counts, headings first. */
export type ProblemLine = { row: number; column: string; what: string }

/** What is to be said of lines that are not taken, or that are, from after one of them; a line may have several. */
export async function problemLines(
  { db, translate }: ConsoleDeps,
  view: ImportView,
  importId: string,
  which: 'wrong' | 'taken',
  page: { after: number; limit: number },
): Promise<{ lines: ProblemLine[]; last: number | null }> {
  const { locale, pack, words } = view
  const columns = importColumns(pack, words)
  const told = await listToldLines(db, importId, which, page)
  const lines = told.flatMap(({ row, problems }) =>
    // Our own JSON, from readLine.
    (problems as readonly LineProblem[]).map(({ column, text }) => ({
      row,
      column: columns.find(({ id }) => id === column)?.label[locale] ?? column,
      what: 'text' in text ? text.text : translate(locale, text.key, text.params),
    })),
  )
  return { lines, last: told.length < page.limit ? null : (told.at(-1)?.line ?? null) }
}
