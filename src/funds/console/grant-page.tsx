import type { FundAct } from '../../../db/funds/acts.ts'
import type { GrantLine } from '../../../db/funds/grants.ts'
import type { PayeeLine } from '../../../db/funds/payees.ts'
import { type FundMove, fundTerms } from '../../../flows/programme/money/funds.ts'
import { splitMoney } from '../../../flows/programme/money/money-shares.ts'
import { type FormDraft, textIn } from '../../console/form.ts'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { mayMove } from '../target.ts'
import { AccountSheet } from './account-sheet.tsx'
import { Acts } from './acts.tsx'
import { FundsPage } from './frame.tsx'
import { emptyMove, MoveSheet } from './move-form.tsx'
import type { FundsView } from './view.ts'

/** The statement of an enterprise: what was approved, allotted and paid, and what the finance office does about it. */
export function GrantPage(props: {
  view: FundsView
  line: GrantLine
  today: string
  acts: readonly FundAct[]
  accounts: readonly PayeeLine[]
  refused?: FormDraft
  /** The account to show in full. */
  revealed?: string
  /** Why nothing was done about an account. */
  problem?: string
  done?: boolean
}) {
  const { view, line, today, acts, refused, done } = props
  const { t, money, placeName, stageName, staff, world } = view
  const { fen, shares, clause } = fundTerms(world.pack.facts, 'direct')
  const approved = line.approvedFen ?? fen
  const parts = splitMoney(approved, shares)
  const moves = movesFor(line, approved)
  return (
    <FundsPage view={view} title={line.number}>
      <Crumb href="/console/grants">{t('funds-console.byEnterprise')}</Crumb>
      <PageHeader title={line.enterprise ?? line.number} lead={placeName(line.district)}>
        <a class="button plain" href={`/console/grants/${line.caseId}/statement.xlsx`}>
          {t('funds-console.statement')}
        </a>
      </PageHeader>
      {done === true && <Alert tone="done">{t('funds-console.doneNow')}</Alert>}
      {line.isOpen && <Alert tone="problem">{t('funds-console.paidUnknownWhat')}</Alert>}
      {line.outcome !== 'granted' && (
        <Alert tone="problem">
          {t('funds-console.astrayWhat', { stage: stageName(line.stage) })}
        </Alert>
      )}
      <Sheet title={t('funds-console.fund-direct')} id="stands">
        <dl>
          <dt>{t('funds-console.caseNumber')}</dt>
          <dd>
            <a href={`/console/cases/${line.caseId}`}>{line.number}</a> · {stageName(line.stage)}
          </dd>
          <dt>{t('funds-console.approvedBy', { clause })}</dt>
          <dd>
            {money(approved)}
            <small>
              {' '}
              {t('funds-console.threeLevels', {
                province: money(parts.province),
                city: money(parts.city),
                county: money(parts.county),
              })}
            </small>
          </dd>
          <dt>{t('funds-console.allottedSum')}</dt>
          <dd>{money(line.allotted)}</dd>
          <dt>{t('funds-console.paidSum')}</dt>
          <dd>{line.isOpen ? t('funds-console.paidUnknown') : money(line.paid)}</dd>
        </dl>
      </Sheet>
      {view.may('funds.move') && staff !== null && (
        <div class="columns">
          {moves
            .filter((move) => mayMove(staff, move, line.district))
            .map((move) => (
              <MoveSheet
                view={view}
                move={move}
                fund="direct"
                action={`/console/grants/${line.caseId}/move`}
                levels={[]}
                draft={
                  refused !== undefined && textIn(refused, 'move') === move
                    ? refused
                    : emptyMove(view, today)
                }
              />
            ))}
        </div>
      )}
      <AccountSheet
        view={view}
        caseId={line.caseId}
        accounts={props.accounts}
        {...(props.revealed === undefined ? {} : { revealed: props.revealed })}
        {...(props.problem === undefined ? {} : { problem: props.problem })}
      />
      <Acts view={view} acts={acts} />
    </FundsPage>
  )
}

/** What may be done now: there is money to allot, or what was paid before is recorded. */
function movesFor(line: GrantLine, approved: number): FundMove[] {
  if (line.outcome !== 'granted') return []
  if (line.isOpen && line.allotted === 0) return ['record']
  return [
    ...(line.allotted + line.paid < approved ? (['allot'] as const) : []),
    ...(line.allotted > 0 ? (['pay'] as const) : []),
  ]
}
