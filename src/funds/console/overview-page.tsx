import type { FundAct } from '../../../db/funds/acts.ts'
import type { Fund } from '../../../flows/programme/money/funds.ts'
import { type Column, Table } from '../../console/lists.tsx'
import { Alert, PageHeader, Sheet } from '../../console/parts.tsx'
import type { FundsNow, PlaceFunds } from '../funds-now.ts'
import { Acts } from './acts.tsx'
import { FundsPage } from './frame.tsx'
import type { FundsView } from './view.ts'

/** The year's money of a fund: what each district needs, has reserved and has, and what waits for a second person. */
export function OverviewPage(props: {
  view: FundsView
  fund: Fund
  now: FundsNow
  asked: readonly FundAct[]
  latest: readonly FundAct[]
}) {
  const { view, fund, now, asked, latest } = props
  const { t, staff, locale, world } = view
  return (
    <FundsPage
      view={view}
      title={t('funds-console.funds')}
      shown={{ fund, path: '/console/funds' }}
    >
      <PageHeader title={t('funds-console.funds')} lead={t('funds-console.lead')}>
        <a class="button plain" href={`/console/funds/statement.xlsx?fund=${fund}`}>
          {t('funds-console.statement')}
        </a>
      </PageHeader>
      <p class="hint">{world.pack.funds.quotaSource[locale]}</p>
      {asked.length > 0 && (
        <>
          <Alert tone="problem">{t('funds-console.waiting', { count: asked.length })}</Alert>
          <Acts view={view} acts={asked} />
        </>
      )}
      {staff?.district == null && <CitySheet view={view} fund={fund} now={now} />}
      <PlacesTable view={view} fund={fund} now={now} />
      <Sheet title={t('funds-console.latest')} id="latest">
        <Acts view={view} acts={latest} />
      </Sheet>
    </FundsPage>
  )
}

function CitySheet({ view, fund, now }: { view: FundsView; fund: Fund; now: FundsNow }) {
  const { t, money } = view
  const { city, target } = now
  return (
    <Sheet title={t('funds-console.city')} id="city">
      <dl>
        <dt>
          {t('funds-console.target', { households: target.households, clause: target.clause })}
        </dt>
        <dd>
          {t('funds-console.threeLevels', {
            province: money(target.need.province),
            city: money(target.need.city),
            county: money(target.need.county),
          })}
        </dd>
        {target.need.province > 0 && (
          <>
            <dt>{t('funds-console.received')}</dt>
            <dd>{money(city.received)}</dd>
          </>
        )}
        <dt>{t('funds-console.provided')}</dt>
        <dd>{money(city.provided)}</dd>
        <dt>{t('funds-console.notPassedOn')}</dt>
        <dd>{money(city.held.province + city.held.city)}</dd>
      </dl>
      <p>
        <a href={`/console/funds/city?fund=${fund}`}>{t('funds-console.toCity')}</a>
      </p>
    </Sheet>
  )
}

type Line = Omit<PlaceFunds, 'district' | 'quota'> & {
  district: string | null
  quota: number | null
}

function PlacesTable({ view, fund, now }: { view: FundsView; fund: Fund; now: FundsNow }) {
  const { t, money, placeName, staff } = view
  const { places, sums } = now
  const lines: Line[] = [
    ...places.map((place) => ({ ...place, quota: place.quota?.households ?? null })),
    ...(staff?.district == null ? [{ ...sums, district: null }] : []),
  ]
  const unknown = <span class="chip none">{t('funds-console.noQuota')}</span>
  const figure = (label: string, cell: (line: Line) => number): Column<Line> => ({
    label,
    cell: (line) => money(cell(line)),
    class: 'number',
  })
  return (
    <>
      <Table
        label={t('funds-console.byPlace')}
        frame="sheet table wide"
        rows={lines}
        columns={[
          {
            label: t('funds-console.place'),
            cell: ({ district }) =>
              district === null ? (
                <b>{t('funds-console.sum')}</b>
              ) : (
                <a href={`/console/funds/${district}?fund=${fund}`}>{placeName(district)}</a>
              ),
            head: true,
          },
          {
            label: t('funds-console.quota'),
            cell: ({ quota }) => quota ?? unknown,
            class: 'number',
          },
          {
            label: t('funds-console.need-county'),
            cell: ({ need }) => (need === null ? '—' : money(need.county)),
            class: 'number',
          },
          figure(t('funds-console.reserved'), ({ reserved }) => reserved),
          {
            label: t('funds-console.shortfall'),
            cell: ({ shortfall }) =>
              shortfall === null ? (
                '—'
              ) : shortfall === 0 ? (
                t('funds-console.enough')
              ) : (
                <strong class="problem">{money(shortfall)}</strong>
              ),
            class: 'number',
          },
          figure(t('funds-console.held'), ({ held }) => held.province + held.city + held.county),
          figure(t('funds-console.allottedSum'), ({ allotted }) => allotted),
          figure(t('funds-console.paidSum'), ({ paid }) => paid),
          { label: t('funds-console.granted'), cell: ({ granted }) => granted, class: 'number' },
          ...(fund === 'direct'
            ? [
                {
                  label: t('funds-console.openSum'),
                  cell: ({ open }: Line) =>
                    open === 0 ? 0 : <strong class="problem">{open}</strong>,
                  class: 'number',
                },
              ]
            : []),
        ]}
      />
      {sums.unknown > 0 && (
        <p class="hint">{t('funds-console.unknownQuotas', { count: sums.unknown })}</p>
      )}
      {sums.open > 0 && fund === 'direct' && (
        <p class="hint">{t('funds-console.openHint', { count: sums.open })}</p>
      )}
      {sums.astray > 0 && (
        <Alert tone="problem">{t('funds-console.astrayHint', { count: sums.astray })}</Alert>
      )}
    </>
  )
}
