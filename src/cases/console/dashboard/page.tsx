import type { DashboardFigures } from '../../../../db/cases/dashboard.ts'
import { CHINA_MS } from '../../../../flows/programme/china-time.ts'
import { Page } from '../../../console/layout.tsx'
import { Table } from '../../../console/lists.tsx'
import { PageHeader, Sheet } from '../../../console/parts.tsx'
import type { PackView } from '../../../console/view.ts'
import { type Bar, Bars } from './bars.tsx'

/** How the year goes: the way from a question to the money, the target, where cases stand, who was reached. */
export function DashboardPage({ view, figures }: { view: PackView; figures: DashboardFigures }) {
  const { t, pack, locale, now, staff } = view
  const { reach, handoffs, misses, granted } = figures
  const stages = (pack.stages?.stages ?? []).slice(1)
  const path = stages.filter((stage) => stage.path)
  const reachedOf = (id: string) => figures.reached.find(({ name }) => name === id)?.count ?? 0
  const queue = view.may('cases.read')
  const way: Bar[] = [
    ...(reach === null
      ? []
      : [
          { label: t('cases-dashboard.people'), value: reach.people },
          { label: t('cases-dashboard.prescreened'), value: reach.prescreened },
        ]),
    ...path.map(({ id, label }) => ({
      label: label[locale],
      value: reachedOf(id),
      ...(queue ? { href: `/console/cases?tab=${id}` } : {}),
    })),
  ]
  const target = pack.facts.targetHouseholds.value
  const days = daysLeft(now, pack.programme.year, pack.facts.finishByMonth.value)
  return (
    <Page view={view} title={t('cases-dashboard.dashboard')}>
      <PageHeader title={t('cases-dashboard.dashboard')} lead={t('cases-dashboard.lead')} />
      <div class="panels">
        <Sheet title={t('cases-dashboard.target')}>
          <p class="figure">
            <b>{granted}</b> {t('cases-dashboard.ofTarget', { target })}
          </p>
          <progress value={granted} max={target} aria-label={t('cases-dashboard.target')} />
          <p class="hint">
            {days === null
              ? t('cases-dashboard.deadlineOver', { month: pack.facts.finishByMonth.value })
              : t('cases-dashboard.deadline', { month: pack.facts.finishByMonth.value, days })}
          </p>
          <p>
            <a href={`/console/ledger?year=${pack.programme.year}`}>
              {t('cases-dashboard.toLedger')}
            </a>
          </p>
        </Sheet>
        <section class="sheet">
          <Bars title={t('cases-dashboard.way')} bars={way} />
        </section>
        <section class="sheet">
          <Bars
            title={t('cases-dashboard.districts')}
            bars={pack.places.own
              .filter(({ id }) => staff?.district == null || staff.district === id)
              .map(({ id, name }) => ({
                label: name[locale],
                value: figures.stages
                  .filter(({ district }) => district === id)
                  .reduce((sum, { count }) => sum + count, 0),
                ...(queue ? { href: `/console/cases?tab=all&district=${id}` } : {}),
              }))}
          />
          <Matrix view={view} figures={figures} />
        </section>
        {reach !== null && (
          <section class="sheet">
            <Bars
              title={t('cases-dashboard.channels')}
              bars={reach.channels.map(({ name, count }) => ({
                label: view.t(`console.channel-${name}` as 'console.channel-web'),
                value: count,
              }))}
            />
            {reach.weeks.length > 0 && (
              <Bars
                title={t('cases-dashboard.weeks')}
                bars={reach.weeks.map(({ name, count }) => ({
                  label:
                    name === '0'
                      ? t('cases-dashboard.thisWeek')
                      : t('cases-dashboard.weeksAgo', { count: Number(name) }),
                  value: count,
                }))}
              />
            )}
          </section>
        )}
        {handoffs !== null && (
          <Sheet title={t('cases-dashboard.answers')}>
            <dl>
              <dt>{t('cases-dashboard.waiting')}</dt>
              <dd>
                <a href="/console/inbox">{handoffs.open}</a>
              </dd>
              <dt>{t('cases-dashboard.median')}</dt>
              <dd>
                {handoffs.medianMinutes === null
                  ? t('cases-dashboard.noAnswers')
                  : t('cases-dashboard.minutes', { count: Math.round(handoffs.medianMinutes) })}
              </dd>
              <dt>{t('cases-dashboard.misses')}</dt>
              <dd>
                <a href="/console/misses">{misses}</a>
              </dd>
            </dl>
          </Sheet>
        )}
      </div>
    </Page>
  )
}

function Matrix({ view, figures }: { view: PackView; figures: DashboardFigures }) {
  const { pack, locale, t } = view
  const stages = (pack.stages?.stages ?? [])
    .slice(1)
    .filter(({ id }) => figures.stages.some(({ stage }) => stage === id))
  const districts = pack.places.own.filter(({ id }) =>
    figures.stages.some(({ district }) => district === id),
  )
  if (stages.length === 0) return null
  return (
    <details>
      <summary>{t('cases-dashboard.matrix')}</summary>
      <Table
        label={t('cases-dashboard.matrix')}
        frame="table wide"
        rows={districts}
        columns={[
          { label: t('console.district'), cell: ({ name }) => name[locale], head: true },
          ...stages.map((stage) => ({
            label: stage.label[locale],
            cell: ({ id }: { id: string }) =>
              figures.stages.find((one) => one.district === id && one.stage === stage.id)?.count ??
              0,
          })),
        ]}
      />
    </details>
  )
}

/** Days until the end of a month of China; null once it is over. */
function daysLeft(now: string, year: number, month: number): number | null {
  const end = Date.UTC(year, month, 1) - CHINA_MS
  const days = Math.ceil((end - Date.parse(now)) / 86_400_000)
  return days > 0 ? days : null
}
