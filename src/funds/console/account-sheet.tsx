import type { PayeeLine } from '../../../db/funds/payees.ts'
import type { Payee } from '../../../flows/programme/money/payee.ts'
import { maskPayee } from '../../../flows/programme/money/payee.ts'
import { Sheet } from '../../console/parts.tsx'
import { PostButton } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import type { FundsView } from './view.ts'

/** The accounts to pay an application's money to, masked; what waits, to be decided by two; the history of states. */
export function AccountSheet(props: {
  view: FundsView
  caseId: string
  accounts: readonly PayeeLine[]
  /** The account to show in full. */
  revealed?: string
  problem?: string
}) {
  const { view, caseId, accounts, revealed, problem } = props
  const { t } = view
  const stands = accounts.find(({ state }) => state === 'stands')
  const waits = accounts.find(({ state }) => state === 'asked' || state === 'seen')
  const past = accounts.filter((one) => one !== stands && one !== waits)
  return (
    <Sheet title={t('funds-console.account')} id="account">
      {problem !== undefined && (
        <p class="alert problem" role="alert">
          {problem}
        </p>
      )}
      <p class="hint">{view.world.pack.funds.payee?.documents.note[view.locale]}</p>
      {stands === undefined ? (
        <p>{t('funds-console.accountNone')}</p>
      ) : (
        <Account view={view} caseId={caseId} line={stands} isFull={revealed === stands.id} />
      )}
      {waits !== undefined && (
        <>
          <h3>{t(`funds-console.accountWaits-${waits.why ?? 'change'}`)}</h3>
          <Account view={view} caseId={caseId} line={waits} isFull={revealed === waits.id} />
          <Decide view={view} caseId={caseId} line={waits} />
        </>
      )}
      {past.length > 0 && (
        <ul class="notes">
          {past.map(({ state, at, decidedAt }) => (
            <li>
              {t(`funds-console.accountState-${state}`)}
              <small>
                {showTime(view, at)}
                {decidedAt === null ? '' : ` – ${showTime(view, decidedAt)}`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function Account(props: { view: FundsView; caseId: string; line: PayeeLine; isFull: boolean }) {
  const { view, caseId, line, isFull } = props
  const { t } = view
  const { payee, firstBy, secondBy } = line
  if (payee === null) return <p>{t('funds-console.accountGone')}</p>
  const shown = isFull ? whole(payee) : maskPayee(payee)
  return (
    <>
      <dl class="pairs">
        <dt>{t('funds-console.accountHolder')}</dt>
        <dd>{shown.holder}</dd>
        <dt>{t('funds-console.accountBank')}</dt>
        <dd>{shown.bank}</dd>
        <dt>{t('funds-console.accountNumber')}</dt>
        <dd>{shown.account}</dd>
        {firstBy !== null && (
          <>
            <dt>{t('funds-console.accountChecked')}</dt>
            <dd>{[firstBy, secondBy].filter((name) => name !== null).join(' · ')}</dd>
          </>
        )}
      </dl>
      {view.may('cases.reveal') && !isFull && (
        <PostButton
          action={`/console/grants/${caseId}/reveal`}
          fields={{ account: line.id }}
          hint={t('cases-console.revealHint')}
          again
        >
          {t('funds-console.accountReveal')}
        </PostButton>
      )}
    </>
  )
}

function whole({ holder, bank, number }: Payee) {
  return { holder, bank, account: number }
}

function Decide({ view, caseId, line }: { view: FundsView; caseId: string; line: PayeeLine }) {
  const { t, staff } = view
  if (staff === null || !view.may('funds.account')) return null
  const action = `/console/grants/${caseId}/account`
  const fields = { account: line.id, version: String(line.version) }
  const isSecond = line.state === 'seen'
  if (isSecond && line.firstId === staff.id) {
    return <p class="hint">{t('funds-console.accountSecondNeeded')}</p>
  }
  return (
    <>
      <PostButton
        action={action}
        fields={{ ...fields, says: 'yes' }}
        confirm={t(isSecond ? 'funds-console.accountSecond' : 'funds-console.accountFirst')}
      >
        {t('funds-console.accountYes')}
      </PostButton>
      <PostButton
        action={action}
        fields={{ ...fields, says: 'no' }}
        confirm={t('funds-console.accountNoWhat')}
      >
        {t('funds-console.accountNo')}
      </PostButton>
    </>
  )
}
