import type { BudgetStatus } from '../../../db/vouchers/ledger.ts'
import type { VouchersView } from './view.ts'

const ACCOUNTS = ['available', 'outstanding', 'committed', 'redeemed', 'claimed', 'paid'] as const

/** Where the year's money stands; together the accounts are what was allotted. */
export function Figures({ view, budget }: { view: VouchersView; budget: BudgetStatus | null }) {
  const { v, money, world } = view
  const { year, budgetFen } = world.pack.vouchers
  return (
    <section aria-label={v('money', { year })}>
      <dl class="figures">
        <div>
          <dt>{v('ceiling')}</dt>
          <dd>{money(budget?.ceilingFen ?? budgetFen)}</dd>
        </div>
        <div>
          <dt>{v('allotted')}</dt>
          <dd>{money(budget?.allottedFen ?? 0)}</dd>
        </div>
        {ACCOUNTS.map((account) => (
          <div>
            <dt>{v(`account-${account}`)}</dt>
            <dd>{money(budget?.[account] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      {budget === null && <p class="hint">{v('noBudget')}</p>}
    </section>
  )
}
