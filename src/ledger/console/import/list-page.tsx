import type { LedgerImport } from '../../../../db/ledger/imports.ts'
import { Submit } from '../../../console/fields.tsx'
import { Page } from '../../../console/layout.tsx'
import { Alert, Crumb, PageHeader } from '../../../console/parts.tsx'
import type { PackView } from '../../../console/view.ts'
import { showTime } from '../../../console/view.ts'
import { type ImportView, MOST_LINES } from './view.ts'

/** Where a ledger is uploaded, and what was imported before. */
export function ImportsPage(props: {
  view: ImportView
  imports: readonly (LedgerImport & { name: string | null })[]
  problem: string | null
}) {
  const { view, imports, problem } = props
  const { t } = view
  return (
    <Page view={view} title={t('ledger-import.title')}>
      <Crumb href="/console/ledger">{t('ledger-console.ledger')}</Crumb>
      <PageHeader title={t('ledger-import.title')} lead={t('ledger-import.lead')} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <form
        class="sheet import"
        method="post"
        action="/console/ledger/imports"
        encType="multipart/form-data"
      >
        <h2>{t('ledger-import.upload')}</h2>
        <p class="field">
          <label for="file">{t('ledger-import.file')}</label>
          <small id="file-hint" class="hint">
            {t('ledger-import.fileHint', { lines: MOST_LINES })}
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
        <Submit>{t('ledger-import.send')}</Submit>
      </form>
      <section class="sheet table" aria-labelledby="earlier">
        <h2 id="earlier">{t('ledger-import.earlier')}</h2>
        {imports.length === 0 ? (
          <p class="hint">{t('ledger-import.none')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{t('ledger-import.when')}</th>
                <th scope="col">{t('ledger-import.fileName')}</th>
                <th scope="col">{t('ledger-import.who')}</th>
                <th scope="col">{t('ledger-import.scope')}</th>
                <th scope="col">{t('ledger-import.state')}</th>
                <th scope="col">{t('ledger-import.lines')}</th>
                <th scope="col">{t('ledger-import.addedColumn')}</th>
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
                  <td>{one.name}</td>
                  <td>{one.staffName}</td>
                  <td>{scopeOf(view, one)}</td>
                  <td>{one.state === 'arriving' ? '' : t(`ledger-import.state-${one.state}`)}</td>
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
export function scopeOf({ pack, locale, t }: PackView, { district }: LedgerImport): string {
  const place = pack.places.own.find(({ id }) => id === district)
  return place?.name[locale] ?? district ?? t('ledger-import.wholeCity')
}
