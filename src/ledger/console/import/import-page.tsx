import type { Child } from 'hono/jsx'
import type { ImportCells, ImportLine } from '../../../../db/ledger/import-lines.ts'
import type { LedgerImport } from '../../../../db/ledger/imports.ts'
import { Choice } from '../../../console/fields.tsx'
import { Page } from '../../../console/layout.tsx'
import { Table } from '../../../console/lists.tsx'
import { Alert, Crumb, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostButton, PostForm } from '../../../console/post-form.tsx'
import { showTime } from '../../../console/view.ts'
import { importColumns } from '../../import/columns.ts'
import { scopeOf } from './list-page.tsx'
import { maskExample } from './mask-line.ts'
import type { ProblemLine } from './problem-lines.ts'
import type { ImportView } from './view.ts'

/** One import as it stands: its columns, its progress, what the trial found, what was added. */
export function ImportPage(props: {
  view: ImportView
  one: LedgerImport
  /** What the file is called. */
  name: string | null
  /** The first lines of the file, of which one is the headings, while it is there. */
  above: readonly ImportLine[]
  /** The headings and the first line below them, while the file is there. */
  headings: ImportCells
  example: ImportCells
  mapping: readonly (string | null)[]
  wrong: readonly ProblemLine[]
  /** How lines that are taken were read, where somebody should look. */
  notes: readonly ProblemLine[]
  problem: string | null
}) {
  const { view, one, name, wrong, notes, problem } = props
  const { t } = view
  const path = `/console/ledger/imports/${one.id}`
  const isBusy = one.state === 'checking' || one.state === 'running'
  const renew = isBusy
    ? {
        'data-hx-get': path,
        'data-hx-trigger': 'every 1s',
        'data-hx-select': '#live',
        'data-hx-swap': 'outerMorph',
      }
    : {}
  return (
    <Page view={view} title={t('ledger-import.title')}>
      <Crumb href="/console/ledger/imports">{t('ledger-import.title')}</Crumb>
      <div id="live" class="live" {...renew}>
        <PageHeader
          title={t('ledger-import.one', { lines: one.lines })}
          lead={[name, scopeOf(view, one), one.staffName, showTime(view, one.createdAt)]
            .filter((part) => part !== null)
            .join(' · ')}
        >
          {one.state !== 'arriving' && (
            <span class="chip">{t(`ledger-import.state-${one.state}`)}</span>
          )}
        </PageHeader>
        {problem !== null && <Alert tone="problem">{problem}</Alert>}
        {one.leftOut > 0 && (
          <Alert tone="problem">{t('ledger-import.leftOut', { cells: one.leftOut })}</Alert>
        )}
        {isBusy && <Progress view={view} one={one} />}
        {one.state === 'cancelled' && <Alert tone="done">{t('ledger-import.cancelled')}</Alert>}
        {one.state === 'done' && <Alert tone="done">{t('ledger-import.doneLead')}</Alert>}
        {(one.state === 'checked' || one.state === 'done') && <Result view={view} one={one} />}
        {one.state === 'mapping' && <Headings {...props} path={path} />}
        {one.state === 'mapping' && <Mapping {...props} path={path} />}
        {wrong.length > 0 && (
          <Told view={view} id="problems" title={t('ledger-import.problems')} lines={wrong}>
            {countRows(wrong) < one.wrong && (
              <p class="hint">{t('ledger-import.problemsMore', { count: countRows(wrong) })}</p>
            )}
            <p>
              <a href={`${path}/problems`}>{t('ledger-import.download')}</a>
            </p>
          </Told>
        )}
        {notes.length > 0 && (
          <Told view={view} id="notes" title={t('ledger-import.notes')} lines={notes}>
            <p class="hint">{t('ledger-import.notesHint', { rows: countRows(notes) })}</p>
          </Told>
        )}
        {(one.state === 'mapping' || one.state === 'checked' || isBusy) && (
          <PostButton action={`${path}/cancel`} confirm={t('ledger-import.cancelWhat')}>
            {t('ledger-import.cancel')}
          </PostButton>
        )}
      </div>
    </Page>
  )
}

function Progress({ view, one }: { view: ImportView; one: LedgerImport }) {
  const { t } = view
  const done = one.cursor - one.headLine - 1
  return (
    <Sheet
      title={one.state === 'arriving' ? '' : t(`ledger-import.state-${one.state}`)}
      id="progress"
    >
      <progress value={done} max={one.lines} aria-labelledby="progress" />
      <p>{t('ledger-import.progress', { done, lines: one.lines })}</p>
      <p class="hint">{t('ledger-import.wait')}</p>
    </Sheet>
  )
}

function Result({ view, one }: { view: ImportView; one: LedgerImport }) {
  const { t } = view
  const path = `/console/ledger/imports/${one.id}`
  const count = (lines: number) => t('ledger-import.count', { count: lines })
  return (
    <section class="sheet import" aria-labelledby="result">
      <h2 id="result">{t('ledger-import.result')}</h2>
      <dl>
        {one.state === 'done' ? (
          <>
            <dt>{t('ledger-import.added')}</dt>
            <dd>{count(one.added)}</dd>
          </>
        ) : (
          <>
            <dt>{t('ledger-import.fresh')}</dt>
            <dd>{count(one.fresh)}</dd>
          </>
        )}
        <dt>{t('ledger-import.known')}</dt>
        <dd>{count(one.known)}</dd>
        <dt>{t('ledger-import.wrong')}</dt>
        <dd>{count(one.wrong)}</dd>
      </dl>
      {one.state === 'checked' && (
        <>
          <p class="hint">
            {one.fresh === 0 ? t('ledger-import.nothing') : t('ledger-import.runHint')}
          </p>
          <div class="actions">
            {one.fresh > 0 && (
              <PostButton
                action={`${path}/run`}
                confirm={t('ledger-import.runWhat', { count: one.fresh })}
                main
              >
                {t('ledger-import.run', { count: one.fresh })}
              </PostButton>
            )}
            <PostButton action={`${path}/remap`}>{t('ledger-import.remap')}</PostButton>
          </div>
        </>
      )}
    </section>
  )
}

function Mapping(props: {
  view: ImportView
  headings: ImportCells
  example: ImportCells
  mapping: readonly (string | null)[]
  path: string
}) {
  const { view, headings, example, mapping, path } = props
  const { t, locale, pack, words } = view
  const options = importColumns(pack, words).map(({ id, label, needed }) => ({
    value: id,
    label: needed ? t('ledger-import.needed', { name: label[locale] }) : label[locale],
  }))
  return (
    <PostForm class="sheet import" action={`${path}/check`} submit={t('ledger-import.check')}>
      <h2>{t('ledger-import.mapping')}</h2>
      <p class="hint">{t('ledger-import.mappingHint')}</p>
      <div class="grid">
        {headings.map((heading, index) => {
          const value = example[index] ?? null
          return (
            <Choice
              name="column"
              id={`column-${index}`}
              label={heading ?? `(${index + 1})`}
              hint={
                value === null
                  ? t('ledger-import.exampleEmpty')
                  : t('ledger-import.example', {
                      value: brief(
                        maskExample(value, mapping[index] ?? null, view.pack.form?.fields ?? []),
                      ),
                    })
              }
              value={mapping[index] ?? ''}
              options={[{ value: '', label: t('ledger-import.leaveOut') }, ...options]}
            />
          )
        })}
      </div>
    </PostForm>
  )
}

/** Which line of the file has the headings. */
function Headings(props: {
  view: ImportView
  one: LedgerImport
  above: readonly ImportLine[]
  path: string
}) {
  const { view, one, above, path } = props
  const { t } = view
  if (above.length < 2) return null
  return (
    <PostForm
      class="sheet import"
      action={`${path}/headings`}
      submit={t('ledger-import.headingsSet')}
    >
      <Choice
        name="row"
        label={t('ledger-import.headings')}
        hint={t('ledger-import.headingsHint')}
        value={`${above.find(({ line }) => line === one.headLine)?.row ?? ''}`}
        options={above.map(({ row, cells }) => ({
          value: `${row}`,
          label: t('ledger-import.headingsRow', {
            row,
            words: brief(cells.filter((cell) => cell !== null).join(' ')),
          }),
        }))}
      />
    </PostForm>
  )
}

/** What is said of lines, one below the other. */
function Told(props: {
  view: ImportView
  id: string
  title: string
  lines: readonly ProblemLine[]
  children: Child
}) {
  const { view, id, title, lines, children } = props
  const { t } = view
  return (
    <section class="sheet import" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
      <Table
        label={title}
        frame="table"
        rows={lines}
        columns={[
          { label: t('ledger-import.rowColumn'), cell: ({ row }) => row, head: true },
          { label: t('ledger-import.columnColumn'), cell: ({ column }) => column },
          { label: t('ledger-import.whatColumn'), cell: ({ what }) => what },
        ]}
      />
    </section>
  )
}

function countRows(lines: readonly ProblemLine[]): number {
  return new Set(lines.map(({ row }) => row)).size
}

function brief(value: string): string {
  const letters = [...value]
  return letters.length > 20 ? `${letters.slice(0, 20).join('')}…` : value
}
