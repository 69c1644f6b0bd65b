import type { FundAct } from '../../../db/funds/acts.ts'
import { LEVELS } from '../../../flows/programme/money/funds.ts'
import { Field } from '../../console/fields.tsx'
import { Page } from '../../console/layout.tsx'
import { Table } from '../../console/lists.tsx'
import { Alert, Empty, PageHeader } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import { showTime } from '../../console/view.ts'
import { mayAgree } from '../move-money.ts'
import { mayMove } from '../target.ts'
import type { FundsView } from './view.ts'

/** What was done with money, the newest first, with what may still be done about each. */
export function Acts({ view, acts }: { view: FundsView; acts: readonly FundAct[] }) {
  const { t, money } = view
  if (acts.length === 0) return <Empty title={t('funds-console.noActs')} />
  return (
    <Table
      label={t('funds-console.acts')}
      frame="sheet table wide"
      rows={acts}
      columns={[
        { label: t('funds-console.day'), cell: ({ day }) => day },
        {
          label: t('funds-console.what'),
          cell: (act) => (
            <>
              {t(`funds-console.move-${act.move}`)}
              <small>{whereOf(view, act)}</small>
            </>
          ),
          head: true,
        },
        {
          label: t('funds-console.amount'),
          cell: ({ amountFen }) => money(amountFen),
          class: 'number',
        },
        { label: t('funds-console.byLevel'), cell: (act) => levelsOf(view, act) },
        { label: t('funds-console.document'), cell: ({ document }) => document },
        {
          label: t('funds-console.who'),
          cell: ({ by, decidedBy, at }) => (
            <>
              {[by, decidedBy].filter((name) => name !== null).join(' · ')}
              <small>{showTime(view, at)}</small>
            </>
          ),
        },
        { label: t('funds-console.state'), cell: (act) => stateOf(view, act) },
        { label: t('funds-console.todo'), cell: (act) => <Todo view={view} act={act} /> },
      ]}
    />
  )
}

function whereOf({ placeName }: FundsView, { district, caseNumber }: FundAct): string {
  return [placeName(district), ...(caseNumber === null ? [] : [caseNumber])].join(' · ')
}

/** What came from which level, in words. */
export function levelsOf({ t, money }: Pick<FundsView, 't' | 'money'>, { parts }: FundAct): string {
  return LEVELS.filter((level) => parts[level] > 0)
    .map((level) => `${t(`funds-console.level-${level}`)} ${money(parts[level])}`)
    .join(' · ')
}

/** How an act stands, in a word or two. */
export function stateOf(
  { t }: Pick<FundsView, 't'>,
  { state, isReversed, reason }: FundAct,
): string {
  const words = isReversed ? t('funds-console.state-reversed') : t(`funds-console.state-${state}`)
  return reason === null ? words : `${words} (${reason})`
}

function Todo({ view, act }: { view: FundsView; act: FundAct }) {
  const { t, staff, may } = view
  if (staff === null) return null
  if (act.state === 'asked') {
    if (!may('funds.agree') || !mayAgree(staff) || act.staffId === staff.id) return null
    return (
      <>
        <PostButton
          action={`/console/acts/${act.id}/agree`}
          confirm={t('funds-console.agreeWhat', { amount: view.money(act.amountFen) })}
        >
          {t('funds-console.agree')}
        </PostButton>
        <PostButton
          action={`/console/acts/${act.id}/decline`}
          confirm={t('funds-console.declineWhat')}
        >
          {t('funds-console.decline')}
        </PostButton>
      </>
    )
  }
  const isOpen = act.state === 'done' && !act.isReversed
  if (
    !isOpen ||
    act.move === 'reverse' ||
    !may('funds.move') ||
    !mayMove(staff, act.move, act.district)
  ) {
    return null
  }
  return (
    <PostForm
      action={`/console/acts/${act.id}/reverse`}
      fields={{ key: view.newKey() }}
      submit={t('funds-console.reverse')}
      confirm={t('funds-console.reverseWhat')}
      plain
    >
      <Field
        name="reason"
        id={`reason-${act.id}`}
        label={t('funds-console.reason')}
        hint={t('funds-console.reasonKept')}
        maxlength={200}
      />
    </PostForm>
  )
}

/** One of them by itself, and why something was not done about it. */
export function ActPage(props: { view: FundsView; act: FundAct; problem: string | null }) {
  const { view, act, problem } = props
  const title = view.t(`funds-console.move-${act.move}`)
  return (
    <Page view={view} title={title}>
      <PageHeader title={title} />
      {problem !== null && <Alert tone="problem">{problem}</Alert>}
      <Acts view={view} acts={[act]} />
      <p>
        <a href={pathOf(act)}>{view.t('funds-console.toStatement')}</a>
      </p>
    </Page>
  )
}

/** The statement that an act stands in. */
export function pathOf({ level, caseId, district, fund }: FundAct): `/console${string}` {
  if (level === 'enterprise') return `/console/grants/${caseId}`
  return `/console/funds/${district ?? 'city'}?fund=${fund}`
}
