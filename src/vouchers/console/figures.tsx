import type { BudgetStatus } from '../../../db/vouchers/ledger.ts'
import type { VouchersView } from './view.ts'

const ACCOUNTS = ['available', 'outstanding', 'committed', 'redeemed', 'claimed', 'paid'] as const

/** Where the year's money stands; together the accounts are what was allotted. */
export function Figures(props: {
  view: VouchersView
  budget: BudgetStatus | null
  /** False: what a district's vouchers hold, without the pot, which is the city's. */
  ofCity: boolean
}) {
  const { view, budget, ofCity } = props
  const { t, money, world } = view
  const { year, budgetFen } = world.pack.vouchers
  return (
    <section aria-label={t('vouchers-console.money', { year })}>
      <dl class="figures">
        {ofCity && (
          <>
            <div>
              <dt>{t('vouchers-console.ceiling')}</dt>
              <dd>{money(budget?.ceilingFen ?? budgetFen)}</dd>
            </div>
            <div>
              <dt>{t('vouchers-console.allotted')}</dt>
              <dd>{money(budget?.allottedFen ?? 0)}</dd>
            </div>
          </>
        )}
        {ACCOUNTS.filter((account) => ofCity || account !== 'available').map((account) => (
          <div>
            <dt>{t(`vouchers-console.account-${account}`)}</dt>
            <dd>{money(budget?.[account] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {ofCity && budget === null && <p class="hint">{t('vouchers-console.noBudget')}</p>}
    </section>
  )
}
