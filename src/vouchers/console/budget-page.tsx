import type { BudgetStatus } from '../../../db/vouchers/ledger.ts'
import { Field, Submit } from '../../console/fields.tsx'
import { Alert, PageHeader } from '../../console/parts.tsx'
import { Figures } from './figures.tsx'
import { FormKey, VouchersPage } from './frame.tsx'
import type { VouchersView } from './view.ts'

/** An allotment as it was filled in. */
export type BudgetDraft = { amount: string; reason: string; key: string }

/** The year's money, and to allot more of it. */
export function BudgetPage(props: {
  view: VouchersView
  budget: BudgetStatus | null
  draft: BudgetDraft
  problem: string | null
  done: boolean
}) {
  const { view, budget, draft, problem } = props
  const { t, world, staff } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.budget')}>
      <PageHeader
        title={t('vouchers-console.budget')}
        lead={t('vouchers-console.budgetLead', { year: world.pack.vouchers.year })}
      />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      {props.done && <Alert tone="done">{t('vouchers-console.allottedNow')}</Alert>}
      <Figures view={view} budget={budget} ofCity />
      {staff?.district === null ? (
        <form class="sheet stack" method="post" action="/console/vouchers/budget">
          <FormKey value={draft.key} />
          <Field
            name="amount"
            label={t('vouchers-console.amountYuan')}
            hint={t('vouchers-console.allotHint')}
            value={draft.amount}
            maxlength={16}
          />
          <Field
            name="reason"
            label={t('vouchers-console.reason')}
            hint={t('vouchers-console.reasonKept')}
            value={draft.reason}
            maxlength={200}
          />
          <Submit>{t('vouchers-console.allot')}</Submit>
        </form>
      ) : (
        <p class="hint">{t('vouchers-console.budgetCity')}</p>
      )}
    </VouchersPage>
  )
}
