import * as z from 'zod'
import { readImportLines } from '../../../../db/ledger/import-lines.ts'
import { type LedgerImport, listImports, loadImport } from '../../../../db/ledger/imports.ts'
import { tableFile } from '../../../console/download.ts'
import { draftOf, type FormDraft, withProblem } from '../../../console/form.ts'
import {
  type ActionOutcome,
  createPages,
  nothing,
  type PageRequest,
} from '../../../console/page.ts'
import type { ConsoleRoute } from '../../../console/route.ts'
import { MAX_FILE_BYTES } from '../../../platform/files/check-file.ts'
import { importColumns, missingColumns } from '../../import/columns.ts'
import { importSteps, uploadLedger } from '../../import/start.ts'
import { ImportPage } from './import-page.tsx'
import { ImportsPage } from './list-page.tsx'
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
    const bytes = new Uint8Array(await form.data.file.arrayBuffer())
    const reading = { pack, words, mostLines: MOST_LINES }
    const uploaded = await uploadLedger(deps, staff, bytes, reading)
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
  action('ledger.import', '/console/ledger/imports/:id/remap', load, async (one, request) =>
    after(request, await importSteps.remap(request.deps, one)),
  ),
  action('ledger.import', '/console/ledger/imports/:id/run', load, async (one, request) =>
    after(request, await importSteps.run(request.deps, one, request.staff.id)),
  ),
  action('ledger.import', '/console/ledger/imports/:id/cancel', load, async (one, request) =>
    after(request, await importSteps.cancel(request.deps, one, request.staff.id)),
  ),
  page(
    'ledger.import',
    '/console/ledger/imports/:id/problems',
    load,
    async (one, { c, deps, view }) => {
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
        const found = await problemLines(deps, view, one.id, page)
        rows.push(...found.lines.map(({ row, column, what }) => [`${row}`, column, what]))
        last = found.last
      }
      const sheet = t('ledger-import.problems')
      return tableFile(c, { name: 'ledger-problems', sheet, rows, as: 'csv' })
    },
  ),
]

async function list({ deps, staff, view }: UploadRequest, draft: FormDraft) {
  const imports = await listImports(deps.db, staff, deps.programme)
  return <ImportsPage view={view} imports={imports} draft={draft} />
}

async function show(
  { deps, view }: ImportRequest,
  one: LedgerImport,
  problem: string | null = null,
  mapping: Mapping = one.mapping,
) {
  const [headings, example] = await readImportLines(deps.db, deps.vault, one.id, 0, 2)
  const isJudged = one.state === 'checked' || one.state === 'done'
  const shown = { after: 0, limit: SHOWN }
  const wrong = isJudged ? (await problemLines(deps, view, one.id, shown)).lines : []
  return (
    <ImportPage
      view={view}
      one={one}
      headings={headings?.cells ?? []}
      example={example?.cells ?? []}
      mapping={mapping}
      wrong={wrong}
      problem={problem}
    />
  )
}

/** Goes on to the page as it is after a step; says so where the step came too late. */
async function after(request: ImportRequest, done: boolean): Promise<ActionOutcome> {
  if (done) return `/console/ledger/imports/${request.params.id}`
  const now = await load(request)
  if (now === null) return 'not-found'
  return { status: 409, page: await show(request, now, request.view.t('ledger-import.stale')) }
}
