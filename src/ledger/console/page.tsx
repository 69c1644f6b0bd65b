import type { LedgerCase } from '../../../db/ledger/ledger.ts'
import { formatMoney } from '../../../flows/programme/money/format-money.ts'
import { Page } from '../../console/layout.tsx'
import { Choice, Empty, PageHeader } from '../../console/parts.tsx'
import { may } from '../../kernel/permissions.ts'
import { type LedgerScene, ledgerHeadings, ledgerRow } from '../ledger-table.ts'
import type { LedgerTotals } from '../ledger-totals.ts'
import type { LedgerView } from './view.ts'

/** What is asked for, as in the address. */
export type LedgerQuery = { year: number; district: string; after: string }

/** The ledger of a year: totals beside the targets, then a line for each application. */
export function LedgerPage(props: {
  view: LedgerView
  query: LedgerQuery
  cases: readonly LedgerCase[]
  more: boolean
  totals: LedgerTotals
}) {
  const { view, query, cases, more, totals } = props
  const { c, t, staff, locale, pack } = view
  const scene: LedgerScene = { pack, locale, full: false, c }
  const last = cases.at(-1)
  return (
    <Page view={view} title={c('ledger')}>
      <PageHeader title={c('ledger')} lead={c('lead')}>
        {staff !== null && may(staff, 'ledger.import') && (
          <a class="button plain" href="/console/ledger/imports">
            {c('import')}
          </a>
        )}
      </PageHeader>
      <form class="grid filters" method="get" action="/console/ledger">
        <p class="field">
          <label for="year">{c('year')}</label>
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
            label={t('district')}
            value={query.district}
            options={[
              { value: '', label: t('wholeCity') },
              ...pack.places.own.map(({ id, name }) => ({ value: id, label: name[locale] })),
            ]}
          />
        )}
        <div class="actions">
          <button class="button plain" type="submit">
            {t('filter')}
          </button>
        </div>
      </form>
      <Totals view={view} totals={totals} />
      {staff !== null && may(staff, 'ledger.export') && <Export view={view} query={query} />}
      {cases.length === 0 ? (
        <Empty title={c('none')} />
      ) : (
        <section class="sheet table wide" tabindex={0} aria-label={c('ledger')}>
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
            {c('more')}
          </a>
        </p>
      )}
    </Page>
  )
}

function Totals({ view, totals }: { view: LedgerView; totals: LedgerTotals }) {
  const { c, locale, pack } = view
  const money = (fen: number) => formatMoney(fen, locale)
  return (
    <section class="sheet" aria-labelledby="totals">
      <h2 id="totals">{c('totals')}</h2>
      <dl>
        <dt>{c('granted')}</dt>
        <dd>{c('ofTarget', { count: totals.granted, target: totals.targetHouseholds })}</dd>
        <dt>{c('cases')}</dt>
        <dd>{totals.cases}</dd>
        <dt>{c('keyGroupJobs')}</dt>
        <dd>{totals.keyGroupJobs}</dd>
        <dt>{c('direct')}</dt>
        <dd>
          {c('threeParts', {
            province: money(totals.direct.province),
            city: money(totals.direct.city),
            county: money(totals.direct.county),
          })}
        </dd>
        <dt>{c('followUp')}</dt>
        <dd>
          {c('twoParts', {
            city: money(totals.followUp.city),
            county: money(totals.followUp.county),
          })}
        </dd>
      </dl>
      <p class="hint">
        {c('averageHint', {
          jobs: totals.targetJobs,
          average: money(pack.facts.followUpAverageFen.value),
        })}
      </p>
    </section>
  )
}

function Export({ view, query }: { view: LedgerView; query: LedgerQuery }) {
  const { c, staff } = view
  const full = staff !== null && may(staff, 'cases.reveal')
  return (
    <form class="sheet" method="post" action="/console/ledger/export">
      <h2>{c('export')}</h2>
      <input type="hidden" name="year" value={String(query.year)} />
      <input type="hidden" name="district" value={query.district} />
      {full && (
        <label class="check">
          <input type="checkbox" name="full" value="1" />
          <span>{c('exportFull')}</span>
        </label>
      )}
      <p class="hint">{c('exportHint')}</p>
      <div class="actions">
        <button class="button" type="submit" name="as" value="xlsx" data-again>
          {c('asXlsx')}
        </button>
        <button class="button plain" type="submit" name="as" value="csv" data-again>
          {c('asCsv')}
        </button>
      </div>
    </form>
  )
}
