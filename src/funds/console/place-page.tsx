import type { FundAct } from '../../../db/funds/acts.ts'
import type { CityFunds } from '../../../db/funds/figures.ts'
import type { Fund, FundMove } from '../../../flows/programme/money/funds.ts'
import { fundTerms, LEVELS } from '../../../flows/programme/money/funds.ts'
import type { MoneyShares } from '../../../flows/programme/money/money-shares.ts'
import { Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft, textIn } from '../../console/form.ts'
import { Alert, Crumb, PageHeader, Sheet } from '../../console/parts.tsx'
import { PostForm } from '../../console/post-form.tsx'
import type { PlaceFunds } from '../funds-now.ts'
import { mayMove } from '../target.ts'
import { Acts } from './acts.tsx'
import { FundsPage } from './frame.tsx'
import { emptyMove, MoveSheet } from './move-form.tsx'
import type { FundsView } from './view.ts'

/** Whose page it is: the city's, or a district's with what it needs and has. */
export type Place = { kind: 'city'; city: CityFunds } | { kind: 'district'; place: PlaceFunds }

/** The statement of the city or of a district, and what the finance office does there. */
export function PlacePage(props: {
  view: FundsView
  fund: Fund
  which: Place
  today: string
  acts: readonly FundAct[]
  /** The page after this one. */
  next: string | null
  /** A form that was refused. */
  refused?: FormDraft
  done?: boolean
}) {
  const { view, fund, which, today, acts, next, refused, done } = props
  const { t, placeName } = view
  const id = which.kind === 'city' ? 'city' : which.place.district
  const title = which.kind === 'city' ? t('funds-console.city') : placeName(which.place.district)
  const here = `/console/funds/${id}`
  return (
    <FundsPage view={view} title={title} shown={{ fund, path: here }}>
      <Crumb href={`/console/funds?fund=${fund}`}>{t('funds-console.funds')}</Crumb>
      <PageHeader title={title} lead={t(`funds-console.fund-${fund}`)}>
        <a
          class="button plain"
          href={`/console/funds/statement.xlsx?${new URLSearchParams({ fund, place: id })}`}
        >
          {t('funds-console.statement')}
        </a>
      </PageHeader>
      {done === true && <Alert tone="done">{t('funds-console.doneNow')}</Alert>}
      <Figures view={view} which={which} />
      {view.may('funds.move') && (
        <Moves view={view} fund={fund} which={which} today={today} refused={refused} />
      )}
      <Acts view={view} acts={acts} />
      {next !== null && (
        <nav class="pages" aria-label={t('funds-console.acts')}>
          <a class="button plain" rel="next" href={next}>
            {t('funds-console.older')}
          </a>
        </nav>
      )}
    </FundsPage>
  )
}

function Figures({ view, which }: { view: FundsView; which: Place }) {
  const { t, money, locale, world } = view
  const three = (parts: MoneyShares) =>
    t('funds-console.threeLevels', {
      province: money(parts.province),
      city: money(parts.city),
      county: money(parts.county),
    })
  if (which.kind === 'city') {
    const { city } = which
    return (
      <Sheet title={t('funds-console.asItStands')} id="stands">
        <dl>
          <dt>{t('funds-console.received')}</dt>
          <dd>{money(city.received)}</dd>
          <dt>{t('funds-console.provided')}</dt>
          <dd>{money(city.provided)}</dd>
          <dt>{t('funds-console.notPassedOn')}</dt>
          <dd>{three({ ...city.held, county: 0 })}</dd>
        </dl>
      </Sheet>
    )
  }
  const { quota, need, reserved, shortfall, held, allotted, paid, before, granted, open, astray } =
    which.place
  return (
    <Sheet title={t('funds-console.asItStands')} id="stands">
      <dl>
        <dt>{t('funds-console.quota')}</dt>
        <dd>
          {quota === null ? world.pack.funds.quotaSource[locale] : quota.households}
          {quota?.document != null && <small> {quota.document}</small>}
        </dd>
        {need !== null && (
          <>
            <dt>{t('funds-console.need')}</dt>
            <dd>{three(need)}</dd>
          </>
        )}
        <dt>{t('funds-console.reserved')}</dt>
        <dd>{money(reserved)}</dd>
        {shortfall !== null && (
          <>
            <dt>{t('funds-console.shortfall')}</dt>
            <dd>
              {shortfall === 0 ? (
                t('funds-console.enough')
              ) : (
                <strong class="problem">{money(shortfall)}</strong>
              )}
            </dd>
          </>
        )}
        <dt>{t('funds-console.held')}</dt>
        <dd>{three(held)}</dd>
        <dt>{t('funds-console.allottedSum')}</dt>
        <dd>{money(allotted)}</dd>
        <dt>{t('funds-console.paidSum')}</dt>
        <dd>
          {money(paid)}
          {before > 0 && (
            <small> {t('funds-console.ofThatBefore', { amount: money(before) })}</small>
          )}
        </dd>
        <dt>{t('funds-console.granted')}</dt>
        <dd>
          <a href={`/console/grants?district=${which.place.district}`}>{granted}</a>
        </dd>
      </dl>
      {open > 0 && <p class="hint">{t('funds-console.openHint', { count: open })}</p>}
      {astray > 0 && (
        <Alert tone="problem">{t('funds-console.astrayHint', { count: astray })}</Alert>
      )}
    </Sheet>
  )
}

function Moves(props: {
  view: FundsView
  fund: Fund
  which: Place
  today: string
  refused: FormDraft | undefined
}) {
  const { view, fund, which, today, refused } = props
  const { staff, world } = view
  if (staff === null) return null
  const district = which.kind === 'city' ? null : which.place.district
  const action = `/console/funds/${district ?? 'city'}/move`
  const { shares } = fundTerms(world.pack.facts, fund)
  const levels = LEVELS.filter((level) => shares[level] > 0)
  const moves: [FundMove, (keyof MoneyShares)[]][] =
    district === null
      ? [
          ['receive', ['province']],
          ['provide', ['city']],
        ]
      : [
          ['reserve', ['county']],
          ['allocate', ['province', 'city']],
        ]
  const open = moves
    .map(([move, all]) => [move, all.filter((level) => levels.includes(level))] as const)
    .filter(([move, own]) => own.length > 0 && mayMove(staff, move, district))
  return (
    <div class="columns">
      {open.map(([move, own]) => (
        <MoveSheet
          view={view}
          move={move}
          fund={fund}
          action={action}
          levels={own}
          draft={
            refused !== undefined && textIn(refused, 'move') === move
              ? refused
              : emptyMove(view, today)
          }
        />
      ))}
      {which.kind === 'district' && staff.district === null && (
        <QuotaSheet view={view} fund={fund} place={which.place} refused={refused} />
      )}
    </div>
  )
}

function QuotaSheet(props: {
  view: FundsView
  fund: Fund
  place: PlaceFunds
  refused: FormDraft | undefined
}) {
  const { view, fund, place, refused } = props
  const { t } = view
  const { quota, district } = place
  const own = draftOf({
    households: quota === null ? '' : String(quota.households),
    quotaDocument: quota?.document ?? '',
    version: String(quota?.version ?? 0),
  })
  const draft = refused !== undefined && 'households' in refused.values ? refused : own
  return (
    <Sheet title={t('funds-console.quotaEnter')} id="quota">
      <p class="hint">{t('funds-console.quotaHint')}</p>
      <PostForm
        class="stack"
        action={`/console/funds/${district}/quota`}
        fields={{ fund, version: String(quota?.version ?? 0) }}
        submit={t('console.save')}
      >
        <Field
          name="households"
          type="number"
          min="0"
          label={t('funds-console.quota')}
          draft={draft}
        />
        <Field
          name="quotaDocument"
          label={t('funds-console.document')}
          draft={draft}
          maxlength={60}
        />
      </PostForm>
    </Sheet>
  )
}
