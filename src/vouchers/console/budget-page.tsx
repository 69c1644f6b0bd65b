import type { BudgetStatus } from '../../../db/vouchers/ledger.ts'
import { ErrorSummary, Field } from '../../console/fields.tsx'
import { textIn } from '../../console/form.ts'
import { Alert, PageHeader } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import { Figures } from './figures.tsx'
import { VouchersPage } from './frame.tsx'
import type { Told } from './read-form.ts'
import type { VouchersView } from './view.ts'

/** The year's money, and to allot more of it. */
export function BudgetPage(props: {
  view: VouchersView
  budget: BudgetStatus | null
  told: Told
  done: boolean
}) {
  const { view, budget, told } = props
  const { draft, above } = told
  const { t, world, staff } = view
  return (
    <VouchersPage view={view} title={t('vouchers-console.budget')}>
      <PageHeader
        title={t('vouchers-console.budget')}
        lead={t('vouchers-console.budgetLead', { year: world.pack.vouchers.year })}
      />
      {above !== null && <Alert tone="problem">{above}</Alert>}
      <ErrorSummary view={view} draft={draft} />
      {props.done && <Alert tone="done">{t('vouchers-console.allottedNow')}</Alert>}
      <Figures view={view} budget={budget} ofCity />
      {staff?.district === null ? (
        <PostForm
          class="sheet stack"
          action="/console/vouchers/budget"
          fields={{ key: textIn(draft, 'key') }}
          submit={t('vouchers-console.allot')}
          confirm={t('vouchers-console.allotWhat')}
        >
          <Field
            name="amount"
            label={t('vouchers-console.amountYuan')}
            hint={t('vouchers-console.allotHint')}
            draft={draft}
            maxlength={16}
          />
          <Field
            name="reason"
            label={t('vouchers-console.reason')}
            hint={t('vouchers-console.reasonKept')}
            draft={draft}
            maxlength={200}
          />
        </PostForm>
      ) : (
        <p class="hint">{t('vouchers-console.budgetCity')}</p>
      )}
    </VouchersPage>
  )
}
