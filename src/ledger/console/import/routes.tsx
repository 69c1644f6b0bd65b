import * as z from 'zod'
import { readImportLines } from '../../../../db/ledger/import-lines.ts'
import {
  importFileContext,
  type LedgerImport,
  listImports,
  loadImport,
} from '../../../../db/ledger/imports.ts'
import { tableFile } from '../../../console/download.ts'
import { draftOf, type FormDraft, version, withProblem } from '../../../console/form.ts'
import { ROWS } from '../../../console/lists.tsx'
import {
  type ActionOutcome,
  createPages,
  nothing,
  type PageRequest,
} from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { MAX_FILE_BYTES } from '../../../platform/files/check-file.ts'
import { guessMapping, importColumns, MOST_ABOVE, missingColumns } from '../../import/columns.ts'
import { importSteps, uploadLedger } from '../../import/start.ts'
import { ImportPage } from './import-page.tsx'
import { ImportsPage } from './list-page.tsx'
import { maskLine, personalColumns } from './mask-line.ts'
import { problemLines } from './problem-lines.ts'
import { type ImportView, importViewOf, MOST_LINES } from './view.ts'

/** Problem lines that a page shows; a download has all. */
const SHOWN = 50
const DOWNLOADED_TOGETHER = 500

const { page, action } = createPages(importViewOf)

const UploadForm = z.object({
  file: z
    .file('ledger-import.noFile')
    .min(1, 'ledger-import.noFile')
    .max(MAX_FILE_BYTES, 'ledger-import.file-over'),
})
const HeadingsForm = z.object({ row: version() })
const ColumnsForm = z.object({ column: z.array(z.string()) })

type UploadRequest = PageRequest<never, ImportView>
type ImportRequest = PageRequest<'id', ImportView>
type Mapping = readonly (string | null)[]

/** An import that this person may see; to others it does not exist. */
const load = ({ deps, params, staff }: PageRequest<'id'>) => loadImport(deps.db, staff, params.id)

/** Earlier ledgers on their way in: upload, columns, trial, and the run with its progress. */
export const ledgerImportRoutes: readonly ConsoleRoute[] = [
  page('ledger.import', '/console/ledger/imports', nothing, (_, request) =>
    list(request, draftOf({})),
  ),
  action('ledger.import', '/console/ledger/imports', nothing, async (_, request) => {
    const { deps, staff, view } = request
    const { pack, words } = view
    const form = await request.form(UploadForm)
    if (!form.ok) return { status: 400, page: await list(request, form.draft) }
    const { file } = form.data
    const bytes = new Uint8Array(await file.arrayBuffer())
    const reading = { pack, words, mostLines: MOST_LINES }
    const uploaded = await uploadLedger(deps, staff, { name: file.name, bytes }, reading)
    if (uploaded.ok) return `/console/ledger/imports/${uploaded.id}`
    const problem = view.t(`ledger-import.file-${uploaded.problem}`, { lines: MOST_LINES })
    return { status: 400, page: await list(request, withProblem(form.draft, 'file', problem)) }
  }),
  page('ledger.import', '/console/ledger/imports/:id', load, (one, request) => show(request, one)),
  action('ledger.import', '/console/ledger/imports/:id/check', load, async (one, request) => {
    const { deps, view } = request
    const { t, locale } = view
    const columns = importColumns(view.pack, view.words)
    const { column: picked } = await request.read(ColumnsForm)
    const mapping = picked.map((id) => columns.find((column) => column.id === id)?.id ?? null)
    const refuse = async (problem: string): Promise<ActionOutcome> => ({
      status: 400,
      page: await show(request, one, problem, mapping),
    })
    const twice = mapping.find((id, index) => id !== null && mapping.indexOf(id) !== index)
    if (twice != null) {
      const name = columns.find(({ id }) => id === twice)?.label[locale] ?? ''
      return refuse(t('ledger-import.twice', { name }))
    }
    const missing = missingColumns(columns, mapping, one.district)
    if (missing.length > 0) {
      const names = missing.map(({ label }) => label[locale]).join('、')
      return refuse(t('ledger-import.missing', { names }))
    }
    return after(request, await importSteps.check(deps, one, mapping))
  }),
  action('ledger.import', '/console/ledger/imports/:id/headings', load, async (one, request) => {
    const { deps, view } = request
    const first = await readImportLines(deps.db, deps.vault, one.id, 0, MOST_ABOVE)
    const { row } = await request.read(HeadingsForm)
    const found = first.find((line) => line.row === row)
    if (found === undefined || found.line >= one.headLine + one.lines) {
      const problem = view.t('ledger-import.headingsNone')
      return { status: 400, page: await show(request, one, problem) }
    }
    const mapping = guessMapping(view.pack, view.words, found.cells)
    return after(request, await importSteps.headings(deps, one, found.line, mapping))
  }),
  action('ledger.import', '/console/ledger/imports/:id/remap', load, async (one, request) =>
    after(request, await importSteps.remap(request.deps, one)),
  ),
  action('ledger.import', '/console/ledger/imports/:id/run', load, async (one, request) =>
    after(request, await importSteps.run(request.deps, one, request.staff.id)),
  ),
  action('ledger.import', '/console/ledger/imports/:id/cancel', load, async (one, request) =>
    after(request, await importSteps.cancel(request.deps, one, request.staff.id)),
  ),
  page('ledger.import', '/console/ledger/imports/:id/problems', load, async (one, request) => {
    const { deps, view } = request
    const { t } = view
    const rows = [
      [
        t('ledger-import.rowColumn'),
        t('ledger-import.columnColumn'),
        t('ledger-import.whatColumn'),
      ],
    ]
    for (let last: number | null = 0; last !== null; ) {
      const page = { after: last, limit: DOWNLOADED_TOGETHER }
      const found = await problemLines(deps, view, one.id, 'wrong', page)
      rows.push(...found.lines.map(({ row, column, what }) => [`${row}`, column, what]))
      last = found.last
    }
    const sheet = t('ledger-import.problems')
    return tableFile(request, { name: 'ledger-problems', sheet, rows, as: 'csv' })
  }),
]

async function list({ deps, query, staff, view }: UploadRequest, draft: FormDraft) {
  const asked = { limit: ROWS, cursor: query('page') }
  const page = await listImports(deps.db, staff, deps.programme, asked)
  const rows = await Promise.all(
    page.rows.map(async (one) => ({ ...one, name: await fileNameOf(deps, one) })),
  )
  return <ImportsPage view={view} page={{ ...page, rows }} draft={draft} />
}

async function show(
  { deps, view }: ImportRequest,
  one: LedgerImport,
  problem: string | null = null,
  mapping: Mapping = one.mapping,
) {
  const first = await readImportLines(deps.db, deps.vault, one.id, 0, one.headLine + MOST_ABOVE)
  const at = first.findIndex(({ line }) => line === one.headLine)
  const personal = personalColumns(mapping, view.pack.form?.fields ?? [])
  const isJudged = one.state === 'checked' || one.state === 'done'
  const shown = { after: 0, limit: SHOWN }
  const told = async (which: 'wrong' | 'taken') =>
    isJudged ? (await problemLines(deps, view, one.id, which, shown)).lines : []
  return (
    <ImportPage
      view={view}
      one={one}
      name={await fileNameOf(deps, one)}
      above={first
        .filter(({ line }) => line < MOST_ABOVE && line < one.headLine + one.lines)
        .map((line) => ({
          ...line,
          cells: maskLine(line.cells, line.line > one.headLine ? personal : []),
        }))}
      headings={maskLine(first[at]?.cells ?? [])}
      example={first[at + 1]?.cells ?? []}
      mapping={mapping}
      wrong={await told('wrong')}
      notes={await told('taken')}
      problem={problem}
    />
  )
}

/** What the file of an import is called; null where that was not kept. */
async function fileNameOf(
  { vault }: Pick<PageRequest<never>['deps'], 'vault'>,
  { id, fileName }: Pick<LedgerImport, 'id' | 'fileName'>,
): Promise<string | null> {
  return fileName === null ? null : vault.openText(fileName, importFileContext(id))
}

/** Goes on to the page as it is after a step; says so where the step came too late. */
async function after(request: ImportRequest, done: boolean): Promise<ActionOutcome> {
  if (done) return `/console/ledger/imports/${request.params.id}`
  const now = await load(request)
  if (now === null) return 'not-found'
  return { status: 409, page: await show(request, now, request.view.t('ledger-import.stale')) }
}
