import { readImportLines } from '../../../../db/ledger/import-lines.ts'
import { type LedgerImport, listImports, loadImport } from '../../../../db/ledger/imports.ts'
import { tableFile } from '../../../console/download.ts'
import { problemPage } from '../../../console/problem-page.tsx'
import type { ConsoleContext, ConsoleDeps, ConsoleRoute } from '../../../console/route.ts'
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

/** Earlier ledgers on their way in: upload, columns, trial, and the run with its progress. */
export function ledgerImportRoutes(deps: ConsoleDeps): ConsoleRoute[] {
  const list = async (c: ConsoleContext, problem: string | null, view?: ImportView) => {
    const shown = view ?? (await importViewOf(deps, c))
    const imports = await listImports(deps.db, c.get('staff'), deps.programme)
    return c.html(
      <ImportsPage view={shown} imports={imports} problem={problem} />,
      problem === null ? 200 : 400,
    )
  }

  const show = async (
    c: ConsoleContext,
    view: ImportView,
    one: LedgerImport,
    failed: { problem: string; status: 400 | 409; mapping?: readonly (string | null)[] } | null,
  ) => {
    const [headings, example] = await readImportLines(deps.db, deps.vault, one.id, 0, 2)
    const isJudged = one.state === 'checked' || one.state === 'done'
    const wrong = isJudged
      ? (await problemLines(deps, view, one.id, { after: 0, limit: SHOWN })).lines
      : []
    return c.html(
      <ImportPage
        view={view}
        one={one}
        headings={headings?.cells ?? []}
        example={example?.cells ?? []}
        mapping={failed?.mapping ?? one.mapping}
        wrong={wrong}
        problem={failed?.problem ?? null}
      />,
      failed?.status ?? 200,
    )
  }

  /** A page of an import that this person may see; to others it does not exist. */
  const of = (
    method: ConsoleRoute['method'],
    path: `/console/ledger/imports/:id${string}`,
    handle: (c: ConsoleContext, one: LedgerImport, view: ImportView) => Promise<Response>,
  ): ConsoleRoute => ({
    method,
    path,
    rule: 'ledger.import',
    handle: async (c) => {
      const one = await loadImport(deps.db, c.get('staff'), c.req.param('id') ?? '')
      if (one === null) return problemPage(deps, c, 'not-found')
      return handle(c, one, await importViewOf(deps, c))
    },
  })

  /** Goes on to the page as it is after a step; says so where the step came too late. */
  const after = async (c: ConsoleContext, view: ImportView, id: string, done: boolean) => {
    if (done) return c.redirect(`/console/ledger/imports/${id}`, 303)
    const now = await loadImport(deps.db, c.get('staff'), id)
    if (now === null) return problemPage(deps, c, 'not-found')
    return show(c, view, now, { problem: view.t('ledger-import.stale'), status: 409 })
  }

  return [
    {
      method: 'GET',
      path: '/console/ledger/imports',
      rule: 'ledger.import',
      handle: (c) => list(c, null),
    },
    {
      method: 'POST',
      path: '/console/ledger/imports',
      rule: 'ledger.import',
      handle: async (c) => {
        const view = await importViewOf(deps, c)
        const { file } = await c.req.parseBody()
        if (!(file instanceof File) || file.size === 0)
          return list(c, view.t('ledger-import.noFile'), view)
        if (file.size > MAX_FILE_BYTES) return list(c, view.t('ledger-import.file-over'), view)
        const uploaded = await uploadLedger(
          deps,
          c.get('staff'),
          new Uint8Array(await file.arrayBuffer()),
          { pack: view.pack, words: view.words, mostLines: MOST_LINES },
        )
        return uploaded.ok
          ? c.redirect(`/console/ledger/imports/${uploaded.id}`, 303)
          : list(c, view.t(`ledger-import.file-${uploaded.problem}`, { lines: MOST_LINES }), view)
      },
    },
    of('GET', '/console/ledger/imports/:id', (c, one, view) => show(c, view, one, null)),
    of('POST', '/console/ledger/imports/:id/check', async (c, one, view) => {
      const form: Record<string, unknown> = await c.req.parseBody({ all: true })
      const columns = importColumns(view.pack, view.words)
      const mapping = [form.column ?? []]
        .flat()
        .map((id) => columns.find((column) => column.id === id)?.id ?? null)
      const name = (id: string | undefined) =>
        columns.find((column) => column.id === id)?.label[view.locale] ?? ''
      const twice = mapping.find((id, index) => id !== null && mapping.indexOf(id) !== index)
      if (twice != null) {
        const problem = view.t('ledger-import.twice', { name: name(twice) })
        return show(c, view, one, { problem, status: 400, mapping })
      }
      const missing = missingColumns(columns, mapping, one.district)
      if (missing.length > 0) {
        const names = missing.map(({ label }) => label[view.locale]).join('、')
        return show(c, view, one, {
          problem: view.t('ledger-import.missing', { names }),
          status: 400,
          mapping,
        })
      }
      return after(c, view, one.id, await importSteps.check(deps, one, mapping))
    }),
    of('POST', '/console/ledger/imports/:id/remap', async (c, one, view) =>
      after(c, view, one.id, await importSteps.remap(deps, one)),
    ),
    of('POST', '/console/ledger/imports/:id/run', async (c, one, view) =>
      after(c, view, one.id, await importSteps.run(deps, one, c.get('staff').id)),
    ),
    of('POST', '/console/ledger/imports/:id/cancel', async (c, one, view) =>
      after(c, view, one.id, await importSteps.cancel(deps, one, c.get('staff').id)),
    ),
    of('GET', '/console/ledger/imports/:id/problems', async (c, one, view) => {
      const rows = [
        [
          view.t('ledger-import.rowColumn'),
          view.t('ledger-import.columnColumn'),
          view.t('ledger-import.whatColumn'),
        ],
      ]
      for (let last: number | null = 0; last !== null; ) {
        const page = { after: last, limit: DOWNLOADED_TOGETHER }
        const found = await problemLines(deps, view, one.id, page)
        rows.push(...found.lines.map(({ row, column, what }) => [`${row}`, column, what]))
        last = found.last
      }
      return tableFile(c, {
        name: 'ledger-problems',
        sheet: view.t('ledger-import.problems'),
        rows,
        as: 'csv',
      })
    }),
  ]
}
