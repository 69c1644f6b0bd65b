import type { SettlementRow } from '../../../db/vouchers/claims.ts'
import type { Provider } from '../../../db/vouchers/providers.ts'
import { Choice } from '../../console/fields.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import type { SettlementTotal } from '../claims/pay.ts'
import type { VoucherProblem } from '../problem.ts'
import { FormKey, VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

export type Settled = { rows: readonly SettlementRow[]; totals: readonly SettlementTotal[] }
export type Paid = {
  paid: readonly string[]
  refused: readonly { number: string; problem: VoucherProblem }[]
}

/** What each provider is owed and was paid of a month, to be paid and taken away as a table. */
export function SettlementPage(props: {
  view: VouchersView
  month: string
  providerId: string
  providers: readonly Provider[]
  settled: Settled
  paid: Paid | null
  problem: string | null
}) {
  const { view, month, providerId, providers, settled, paid, problem } = props
  const { t } = view
  const mayPay = view.may('vouchers.pay')
  return (
    <VouchersPage view={view} title={t('vouchers-console.settlement')}>
      <PageHeader
        title={t('vouchers-console.settlement')}
        lead={t('vouchers-console.settlementLead')}
      />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {paid !== null && <PaidNow view={view} paid={paid} />}
      <form class="filters two" method="get" action="/console/vouchers/settlement">
        <Month view={view} month={month} />
        <Choice
          name="provider"
          label={t('vouchers-console.provider')}
          value={providerId}
          options={[
            { value: '', label: t('vouchers-console.allProviders') },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <button class="button plain" type="submit">
          {view.t('console.filter')}
        </button>
      </form>
      {settled.rows.length === 0 ? (
        <Empty title={t('vouchers-console.settlementNone')} />
      ) : (
        <form method="post" action="/console/vouchers/pay" class="stack">
          <FormKey value={view.newKey()} />
          <input type="hidden" name="month" value={month} />
          <input type="hidden" name="provider" value={providerId} />
          <Totals view={view} totals={settled.totals} />
          <SettlementTable view={view} rows={settled.rows} pick={mayPay} base="/console/vouchers" />
          {mayPay && settled.rows.some(({ status }) => status === 'checked') && (
            <div class="actions">
              <button class="button" type="submit">
                {t('vouchers-console.paySelected')}
              </button>
              <small class="hint">{t('vouchers-console.paySelectedHint')}</small>
            </div>
          )}
        </form>
      )}
      <p>
        <a
          class="button plain"
          href={`/console/vouchers/settlement.xlsx?${new URLSearchParams({ month, provider: providerId })}`}
        >
          {t('vouchers-console.export')}
        </a>
      </p>
    </VouchersPage>
  )
}

/** The choice of a month. */
export function Month({ view, month }: { view: VouchersView; month: string }) {
  return (
    <p class="field">
      <label for="month">{view.t('vouchers-console.month')}</label>
      <input id="month" name="month" type="month" value={month} />
    </p>
  )
}

function PaidNow({ view, paid }: { view: VouchersView; paid: Paid }) {
  const { t, whyNot } = view
  return (
    <>
      {paid.paid.length > 0 && (
        <Alert tone="done">{t('vouchers-console.paidNow', { count: paid.paid.length })}</Alert>
      )}
      {paid.refused.map(({ number, problem }) => (
        <Alert tone="problem">{`${number}：${whyNot(problem)}`}</Alert>
      ))}
    </>
  )
}

function Totals({ view, totals }: { view: VouchersView; totals: readonly SettlementTotal[] }) {
  const { t, money } = view
  return (
    <section class="scroll" tabindex={0} aria-label={t('vouchers-console.totals')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('vouchers-console.provider')}</th>
            <th scope="col">{t('vouchers-console.vouchersCount')}</th>
            <th scope="col">{t('vouchers-console.claim-claimed')}</th>
            <th scope="col">{t('vouchers-console.claim-checked')}</th>
            <th scope="col">{t('vouchers-console.claim-paid')}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((one) => (
            <tr>
              <td>{one.provider}</td>
              <td class="number">{one.vouchers}</td>
              <td class="number">{money(one.claimedFen)}</td>
              <td class="number">{money(one.checkedFen)}</td>
              <td class="number">{money(one.paidFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The claims of a settlement; `pick`: those that can be paid have a box. */
export function SettlementTable(props: {
  view: VouchersView
  rows: readonly SettlementRow[]
  pick: boolean
  base: string
}) {
  const { view, rows, pick, base } = props
  const { t, money, kindName } = view
  return (
    <section class="scroll" tabindex={0} aria-label={t('vouchers-console.settlement')}>
      <table>
        <thead>
          <tr>
            {pick && <th scope="col">{t('vouchers-console.pay')}</th>}
            <th scope="col">{t('vouchers-console.number')}</th>
            <th scope="col">{t('vouchers-console.provider')}</th>
            <th scope="col">{t('vouchers-console.invoiceNumber')}</th>
            <th scope="col">{t('vouchers-console.total')}</th>
            <th scope="col">{t('vouchers-console.amount')}</th>
            <th scope="col">{t('vouchers-console.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {pick && (
                <td>
                  {row.status === 'checked' && (
                    <input
                      type="checkbox"
                      name="number"
                      value={row.number}
                      aria-label={t('vouchers-console.payOne', { number: row.number })}
                    />
                  )}
                </td>
              )}
              <td class="number">
                <a href={`${base}/${row.number}`}>{row.number}</a>
                <small>{kindName(row.kind)}</small>
              </td>
              <td>{row.provider}</td>
              <td>{row.invoiceNumber}</td>
              <td class="number">{money(row.totalFen)}</td>
              <td class="number">{money(row.amountFen)}</td>
              <td>{t(`vouchers-console.claim-${row.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
