import type { SettlementRow } from '../../../db/vouchers/claims.ts'
import type { Provider } from '../../../db/vouchers/providers.ts'
import { Alert, Choice, Empty, PageHeader } from '../../console/parts.tsx'
import { may } from '../../kernel/permissions.ts'
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
  const { v, staff } = view
  const mayPay = staff !== null && may(staff, 'vouchers.pay')
  return (
    <VouchersPage view={view} title={v('settlement')}>
      <PageHeader title={v('settlement')} lead={v('settlementLead')} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {paid !== null && <PaidNow view={view} paid={paid} />}
      <form class="filters two" method="get" action="/console/vouchers/settlement">
        <Month view={view} month={month} />
        <Choice
          name="provider"
          label={v('provider')}
          value={providerId}
          options={[
            { value: '', label: v('allProviders') },
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <button class="button plain" type="submit">
          {view.t('filter')}
        </button>
      </form>
      {settled.rows.length === 0 ? (
        <Empty title={v('settlementNone')} />
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
                {v('paySelected')}
              </button>
              <small class="hint">{v('paySelectedHint')}</small>
            </div>
          )}
        </form>
      )}
      <p>
        <a
          class="button plain"
          href={`/console/vouchers/settlement.xlsx?${new URLSearchParams({ month, provider: providerId })}`}
        >
          {v('export')}
        </a>
      </p>
    </VouchersPage>
  )
}

/** The choice of a month. */
export function Month({ view, month }: { view: VouchersView; month: string }) {
  return (
    <p class="field">
      <label for="month">{view.v('month')}</label>
      <input id="month" name="month" type="month" value={month} />
    </p>
  )
}

function PaidNow({ view, paid }: { view: VouchersView; paid: Paid }) {
  const { v, whyNot } = view
  return (
    <>
      {paid.paid.length > 0 && (
        <Alert tone="done">{v('paidNow', { count: paid.paid.length })}</Alert>
      )}
      {paid.refused.map(({ number, problem }) => (
        <Alert tone="problem">{`${number}：${whyNot(problem)}`}</Alert>
      ))}
    </>
  )
}

function Totals({ view, totals }: { view: VouchersView; totals: readonly SettlementTotal[] }) {
  const { v, money } = view
  return (
    <section class="scroll" tabindex={0} aria-label={v('totals')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{v('provider')}</th>
            <th scope="col">{v('vouchersCount')}</th>
            <th scope="col">{v('claim-claimed')}</th>
            <th scope="col">{v('claim-checked')}</th>
            <th scope="col">{v('claim-paid')}</th>
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
  const { v, money, kindName } = view
  return (
    <section class="scroll" tabindex={0} aria-label={v('settlement')}>
      <table>
        <thead>
          <tr>
            {pick && <th scope="col">{v('pay')}</th>}
            <th scope="col">{v('number')}</th>
            <th scope="col">{v('provider')}</th>
            <th scope="col">{v('invoiceNumber')}</th>
            <th scope="col">{v('total')}</th>
            <th scope="col">{v('amount')}</th>
            <th scope="col">{v('state')}</th>
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
                      aria-label={v('payOne', { number: row.number })}
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
              <td>{v(`claim-${row.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
