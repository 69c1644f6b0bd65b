import type { LedgerCase } from '../../../db/ledger/ledger.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { Choice, Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Alert, Empty, PageHeader, Sheet } from '../../console/parts.tsx'
import type { PackView } from '../../console/view.ts'
import { ALONE, EXPORTS_A_DAY, REASON } from '../export-ledger.ts'
import { type LedgerScene, ledgerHeadings, ledgerRow } from '../ledger-table.ts'
import type { LedgerTotals } from '../ledger-totals.ts'

/** What is asked for, as in the address. */
export type LedgerQuery = { year: number; district: string; after: string }

/** The ledger of a year: totals beside the targets, then a line for each application. */
export function LedgerPage(props: {
  view: PackView
  query: LedgerQuery
  cases: readonly LedgerCase[]
  more: boolean
  totals: LedgerTotals
  /** Why a table was not given. */
  problem: string | null
}) {
  const { view, query, cases, more, totals, problem } = props
  const { t, staff, locale, pack } = view
  const scene: LedgerScene = { pack, locale, full: false, mark: null, t }
  const last = cases.at(-1)
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
      <form class="grid filters" method="get" action="/console/ledger">
        <p class="field">
          <label for="year">{t('ledger-console.year')}</label>
          <input
            id="year"
            name="year"
            type="number"
            min="2000"
            max="2100"
            value={String(query.year)}
          />
        </p>
        {staff?.district == null && (
          <Choice
            name="district"
            label={t('console.district')}
            value={query.district}
            options={[
              { value: '', label: t('console.wholeCity') },
              ...pack.places.own.map(({ id, name }) => ({ value: id, label: name[locale] })),
            ]}
          />
        )}
        <div class="actions">
          <button class="button plain" type="submit">
            {t('console.filter')}
          </button>
        </div>
      </form>
      <Totals view={view} totals={totals} />
      {view.may('ledger.export') && <Export view={view} query={query} />}
      {cases.length === 0 ? (
        <Empty title={t('ledger-console.none')} />
      ) : (
        <section class="sheet table wide" tabindex={0} aria-label={t('ledger-console.ledger')}>
          <table>
            <thead>
              <tr>
                {ledgerHeadings(scene).map((heading) => (
                  <th scope="col">{heading}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {cases.map((one) => {
                const [number, ...rest] = ledgerRow(scene, one)
                return (
                  <tr>
                    <th scope="row">
                      <a href={`/console/cases/${one.id}`}>{number}</a>
                    </th>
                    {rest.map((value) => (
                      <td>{value ?? ''}</td>
                    ))}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </section>
      )}
      {more && last !== undefined && (
        <p>
          <a
            class="button plain"
            href={`/console/ledger?year=${query.year}&district=${query.district}&after=${last.number}`}
          >
            {t('ledger-console.more')}
          </a>
        </p>
      )}
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

function Export({ view, query }: { view: PackView; query: LedgerQuery }) {
  const { t } = view
  const full = view.may('cases.reveal')
  return (
    <form class="sheet" method="post" action="/console/ledger/export">
      <h2>{t('ledger-console.export')}</h2>
      <input type="hidden" name="year" value={String(query.year)} />
      <input type="hidden" name="district" value={query.district} />
      {full && (
        <label class="check">
          <input type="checkbox" name="full" value="1" />
          <span>{t('ledger-console.exportFull')}</span>
        </label>
      )}
      {full && (
        <Field
          name="reason"
          label={t('ledger-console.exportReason')}
          hint={t('ledger-console.exportReasonHint', { alone: ALONE, most: EXPORTS_A_DAY })}
          maxlength={REASON.max}
          required={false}
        />
      )}
      <p class="hint">{t('ledger-console.exportHint')}</p>
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
