import type { LedgerImport } from '../../../../db/ledger/imports.ts'
import { Page } from '../../../console/layout.tsx'
import { Alert, PageHeader } from '../../../console/parts.tsx'
import { showTime } from '../../../console/view.ts'
import { type ImportView, MOST_LINES } from './view.ts'

/** Where a ledger is uploaded, and what was imported before. */
export function ImportsPage(props: {
  view: ImportView
  imports: readonly LedgerImport[]
  problem: string | null
}) {
  const { view, imports, problem } = props
  const { c, i } = view
  return (
    <Page view={view} title={i('title')}>
      <p class="crumbs">
        <a href="/console/ledger">{c('ledger')}</a>
      </p>
      <PageHeader title={i('title')} lead={i('lead')} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <form
        class="sheet import"
        method="post"
        action="/console/ledger/imports"
        encType="multipart/form-data"
      >
        <h2>{i('upload')}</h2>
        <p class="field">
          <label for="file">{i('file')}</label>
          <small id="file-hint" class="hint">
            {i('fileHint', { lines: MOST_LINES })}
          </small>
          <input
            id="file"
            name="file"
            type="file"
            accept=".xlsx,.csv"
            required
            aria-describedby="file-hint"
          />
        </p>
        <div class="actions">
          <button class="button" type="submit">
            {i('send')}
          </button>
        </div>
      </form>
      <section class="sheet table" aria-labelledby="earlier">
        <h2 id="earlier">{i('earlier')}</h2>
        {imports.length === 0 ? (
          <p class="hint">{i('none')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{i('when')}</th>
                <th scope="col">{i('who')}</th>
                <th scope="col">{i('scope')}</th>
                <th scope="col">{i('state')}</th>
                <th scope="col">{i('lines')}</th>
                <th scope="col">{i('addedColumn')}</th>
              </tr>
            </thead>
            <tbody>
              {imports.map((one) => (
                <tr>
                  <th scope="row">
                    <a href={`/console/ledger/imports/${one.id}`}>
                      <time datetime={one.createdAt}>{showTime(view, one.createdAt)}</time>
                    </a>
                  </th>
                  <td>{one.staffName}</td>
                  <td>{scopeOf(view, one)}</td>
                  <td>{one.state === 'arriving' ? '' : i(`state-${one.state}`)}</td>
                  <td>{one.lines}</td>
                  <td>{one.added}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </Page>
  )
}

/** Whose ledger it is. */
export function scopeOf(
  { pack, locale, i }: Pick<ImportView, 'pack' | 'locale' | 'i'>,
  { district }: LedgerImport,
): string {
  const place = pack.places.own.find(({ id }) => id === district)
  return place?.name[locale] ?? district ?? i('wholeCity')
}
