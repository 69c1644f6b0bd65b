import type { ListPage } from '../../../db/core/list-page.ts'
import type { LedgerCase } from '../../../db/ledger/ledger.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { Check, DistrictChoice, Field } from '../../console/fields.tsx'
import { type FormDraft, textIn } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Filters, HiddenFields, Pager, Table } from '../../console/lists.tsx'
import { Alert, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import type { PackView } from '../../console/view.ts'
import { ALONE, EXPORTS_A_DAY, REASON } from '../export-ledger.ts'
import { type LedgerScene, ledgerHeadings, ledgerRow } from '../ledger-table.ts'
import type { LedgerTotals } from '../ledger-totals.ts'

/** What is asked for, as in the address. */
export type LedgerQuery = { year: number; district: string }

/** The ledger of a year: totals beside the targets, then a line for each application. */
export function LedgerPage(props: {
  view: PackView
  query: LedgerQuery
  page: ListPage<LedgerCase>
  totals: LedgerTotals
  /** Why a table was not given. */
  problem: string | null
  /** What was asked for, as it was filled in. */
  draft: FormDraft
}) {
  const { view, query, page, totals, problem } = props
  const { rows: cases } = page
  const { t, staff, locale, pack } = view
  const scene: LedgerScene = { pack, locale, full: false, mark: null, t }
  return (
    <Page view={view} title={t('ledger-console.ledger')}>
      <PageHeader title={t('ledger-console.ledger')} lead={t('ledger-console.lead')}>
        {view.may('ledger.import') && (
          <a class="button plain" href="/console/ledger/imports">
            {t('ledger-console.import')}
          </a>
        )}
      </PageHeader>
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <Filters view={view} class="filters two" action="/console/ledger">
        <Field
          name="year"
          type="number"
          label={t('ledger-console.year')}
          value={String(query.year)}
          min="2000"
          max="2100"
        />
        {staff?.district == null && (
          <DistrictChoice
            t={t}
            places={pack.places.own.map(({ id, name }) => ({ id, name: name[locale] }))}
            value={query.district}
          />
        )}
      </Filters>
      <Totals view={view} totals={totals} />
      {view.may('ledger.export') && (
        <Export view={view} query={query} count={page.total} draft={props.draft} />
      )}
      {cases.length === 0 ? (
        <Empty title={t('ledger-console.none')} />
      ) : (
        <Table
          label={t('ledger-console.ledger')}
          frame="sheet table wide"
          rows={cases}
          columns={ledgerHeadings(scene).map((label, index) => ({
            label,
            head: index === 0 ? true : undefined,
            cell: (one: LedgerCase) => {
              const value = ledgerRow(scene, one)[index] ?? ''
              return index === 0 ? <a href={`/console/cases/${one.id}`}>{value}</a> : value
            },
          }))}
        />
      )}
      <Pager view={view} label={t('ledger-console.ledger')} page={page} action="/console/ledger" />
    </Page>
  )
}

function Totals({ view, totals }: { view: PackView; totals: LedgerTotals }) {
  const { locale, pack, t } = view
  const money = (fen: number) => formatMoney(fen, locale)
  return (
    <Sheet title={t('ledger-console.totals')} id="totals">
      <dl>
        <dt>{t('ledger-console.granted')}</dt>
        <dd>
          {t('ledger-console.ofTarget', { count: totals.granted, target: totals.targetHouseholds })}
        </dd>
        <dt>{t('ledger-console.cases')}</dt>
        <dd>{totals.cases}</dd>
        <dt>{t('ledger-console.keyGroupJobs')}</dt>
        <dd>{totals.keyGroupJobs}</dd>
        <dt>{t('ledger-console.direct')}</dt>
        <dd>
          {t('ledger-console.threeParts', {
            province: money(totals.direct.province),
            city: money(totals.direct.city),
            county: money(totals.direct.county),
          })}
        </dd>
        <dt>{t('ledger-console.followUp')}</dt>
        <dd>
          {t('ledger-console.twoParts', {
            city: money(totals.followUp.city),
            county: money(totals.followUp.county),
          })}
        </dd>
      </dl>
      <p class="hint">
        {t('ledger-console.averageHint', {
          jobs: totals.targetJobs,
          average: money(pack.facts.followUpAverageFen.value),
        })}
      </p>
    </Sheet>
  )
}

function Export(props: { view: PackView; query: LedgerQuery; count: number; draft: FormDraft }) {
  const { view, query, draft } = props
  const { t } = view
  const full = view.may('cases.reveal')
  return (
    <form class="sheet" method="post" action="/console/ledger/export">
      <h2>{t('ledger-console.export')}</h2>
      <HiddenFields values={{ year: String(query.year), district: query.district }} />
      {full && (
        <Check name="full" checked={textIn(draft, 'full') !== ''}>
          {t('ledger-console.exportFull')}
        </Check>
      )}
      {full && (
        <Field
          name="reason"
          draft={draft}
          label={t('ledger-console.exportReason')}
          hint={t('ledger-console.exportReasonHint', { alone: ALONE, most: EXPORTS_A_DAY })}
          maxlength={REASON.max}
          required={false}
        />
      )}
      <p class="hint">{t('ledger-console.exportHint', { count: props.count })}</p>
      <div class="actions">
        <button class="button" type="submit" name="as" value="xlsx" data-again>
          {t('ledger-console.asXlsx')}
        </button>
        <button class="button plain" type="submit" name="as" value="csv" data-again>
          {t('ledger-console.asCsv')}
        </button>
      </div>
    </form>
  )
}
