import type { SettlementRow } from '../../../db/vouchers/claims.ts'
import type { Provider } from '../../../db/vouchers/providers.ts'
import { Choice, Field } from '../../console/fields.tsx'
import { type Column, Filters, HiddenFields, Table } from '../../console/lists.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import { Confirm } from '../../console/post-form.tsx'
import type { SettlementTotal } from '../claims/pay.ts'
import type { VoucherProblem } from '../problem.ts'
import { VouchersPage } from './frame.tsx'
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
      <Filters view={view} class="filters two" action="/console/vouchers/settlement">
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
      </Filters>
      {settled.rows.length === 0 ? (
        <Empty title={t('vouchers-console.settlementNone')} />
      ) : (
        <form method="post" action="/console/vouchers/pay" class="stack">
          <HiddenFields values={{ key: view.newKey(), month, provider: providerId }} />
          <Totals view={view} totals={settled.totals} />
          <SettlementTable view={view} rows={settled.rows} pick={mayPay} base="/console/vouchers" />
          {mayPay && settled.rows.some(({ status }) => status === 'checked') && (
            <Confirm
              label={t('vouchers-console.paySelected')}
              what={t('vouchers-console.paySelectedWhat')}
              hint={t('vouchers-console.paySelectedHint')}
            />
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
  return <Field name="month" type="month" label={view.t('vouchers-console.month')} value={month} />
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
    <Table
      label={t('vouchers-console.totals')}
      rows={totals}
      columns={[
        { label: t('vouchers-console.provider'), cell: ({ provider }) => provider },
        {
          label: t('vouchers-console.vouchersCount'),
          cell: ({ vouchers }) => vouchers,
          class: 'number',
        },
        {
          label: t('vouchers-console.claim-claimed'),
          cell: ({ claimedFen }) => money(claimedFen),
          class: 'number',
        },
        {
          label: t('vouchers-console.claim-checked'),
          cell: ({ checkedFen }) => money(checkedFen),
          class: 'number',
        },
        {
          label: t('vouchers-console.claim-paid'),
          cell: ({ paidFen }) => money(paidFen),
          class: 'number',
        },
      ]}
    />
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
  const box = ({ number, status }: SettlementRow) =>
    status === 'checked' && (
      <input
        type="checkbox"
        name="number"
        value={number}
        aria-label={t('vouchers-console.payOne', { number })}
      />
    )
  const columns: Column<SettlementRow>[] = [
    {
      label: t('vouchers-console.number'),
      cell: ({ number, kind }) => (
        <>
          <a href={`${base}/${number}`}>{number}</a>
          <small>{kindName(kind)}</small>
        </>
      ),
      class: 'number',
    },
    { label: t('vouchers-console.provider'), cell: ({ provider }) => provider },
    { label: t('vouchers-console.invoiceNumber'), cell: ({ invoiceNumber }) => invoiceNumber },
    {
      label: t('vouchers-console.total'),
      cell: ({ totalFen }) => money(totalFen),
      class: 'number',
    },
    {
      label: t('vouchers-console.amount'),
      cell: ({ amountFen }) => money(amountFen),
      class: 'number',
    },
    {
      label: t('vouchers-console.state'),
      cell: ({ status }) => t(`vouchers-console.claim-${status}`),
    },
  ]
  return (
    <Table
      label={t('vouchers-console.settlement')}
      rows={rows}
      columns={pick ? [{ label: t('vouchers-console.pay'), cell: box }, ...columns] : columns}
    />
  )
}
