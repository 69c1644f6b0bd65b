import type { ListPage } from '../../../../db/core/list-page.ts'
import type { LedgerImport } from '../../../../db/ledger/imports.ts'
import { ErrorSummary, Field } from '../../../console/fields.tsx'
import type { FormDraft } from '../../../console/form.ts'
import { Page } from '../../../console/layout.tsx'
import { Pager, Table } from '../../../console/lists.tsx'
import { Crumb, PageHeader, Sheet } from '../../../console/parts.tsx'
import { PostForm } from '../../../console/post-form.tsx'
import type { PackView } from '../../../console/view.ts'
import { showTime } from '../../../console/view.ts'
import { type ImportView, MOST_LINES } from './view.ts'

/** Where a ledger is uploaded, and what was imported before. */
export function ImportsPage(props: {
  view: ImportView
  page: ListPage<LedgerImport & { name: string | null }>
  draft: FormDraft
}) {
  const { view, page, draft } = props
  const { rows: imports } = page
  const { t } = view
  return (
    <Page view={view} title={t('ledger-import.title')}>
      <Crumb href="/console/ledger">{t('ledger-console.ledger')}</Crumb>
      <PageHeader title={t('ledger-import.title')} lead={t('ledger-import.lead')} />
      <ErrorSummary view={view} draft={draft} />
      <PostForm
        class="sheet import"
        action="/console/ledger/imports"
        files
        submit={t('ledger-import.send')}
      >
        <h2>{t('ledger-import.upload')}</h2>
        <Field
          name="file"
          type="file"
          label={t('ledger-import.file')}
          hint={t('ledger-import.fileHint', { lines: MOST_LINES })}
          draft={draft}
          accept=".xlsx,.csv"
        />
      </PostForm>
      <Sheet title={t('ledger-import.earlier')} class="sheet import" id="earlier">
        {imports.length === 0 ? (
          <p class="hint">{t('ledger-import.none')}</p>
        ) : (
          <Table
            label={t('ledger-import.earlier')}
            frame="table"
            rows={imports}
            columns={[
              {
                label: t('ledger-import.when'),
                head: true,
                cell: ({ id, createdAt }) => (
                  <a href={`/console/ledger/imports/${id}`}>
                    <time datetime={createdAt}>{showTime(view, createdAt)}</time>
                  </a>
                ),
              },
              { label: t('ledger-import.fileName'), cell: ({ name }) => name },
              { label: t('ledger-import.who'), cell: ({ staffName }) => staffName },
              { label: t('ledger-import.scope'), cell: (one) => scopeOf(view, one) },
              {
                label: t('ledger-import.state'),
                cell: ({ state }) =>
                  state === 'arriving' ? '' : t(`ledger-import.state-${state}`),
              },
              { label: t('ledger-import.lines'), cell: ({ lines }) => lines },
              { label: t('ledger-import.addedColumn'), cell: ({ added }) => added },
            ]}
          />
        )}
        <Pager view={view} label={t('ledger-import.earlier')} page={page} />
      </Sheet>
    </Page>
  )
}

/** Whose ledger it is. */
export function scopeOf({ pack, locale, t }: PackView, { district }: LedgerImport): string {
  const place = pack.places.own.find(({ id }) => id === district)
  return place?.name[locale] ?? district ?? t('ledger-import.wholeCity')
}
