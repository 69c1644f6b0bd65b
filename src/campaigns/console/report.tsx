import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import type { CampaignReport } from '../../../db/campaigns/figures.ts'
import type { OutboxStatus } from '../../../flows/engine/channel.ts'
import { Table } from '../../console/lists.tsx'
import type { PackView } from '../../console/view.ts'

/** How many people used which button; `stop`: left all broadcasts. */
export type CampaignOutcome = Readonly<Record<string, number>>

const DONE: readonly OutboxStatus[] = ['sent', 'delivered']
const OPEN: readonly OutboxStatus[] = ['created', 'sending', 'temporary-failure']

/** How far a broadcast is, and what came of it on each channel.  */
export function Progress(props: {
  view: PackView
  campaign: Campaign
  report: readonly CampaignReport[]
  told: CampaignOutcome
}) {
  const { view, campaign, report, told } = props
  const { t } = view
  const all = report.reduce((sum, one) => sum + one.recipients, 0)
  const gone = report.reduce((sum, one) => sum + goneOf(one), 0)
  return (
    <section id="progress" class="sheet" aria-labelledby="progress-title">
      <h2 id="progress-title">{t('campaigns-console.progress')}</h2>
      {campaign.fixedAt === null ? (
        <p>{t('campaigns-console.fixing')}</p>
      ) : (
        <>
          <progress
            value={gone}
            max={Math.max(1, all)}
            aria-label={t('campaigns-console.progress')}
          />
          <p>{t('campaigns-console.progressOf', { gone, all })}</p>
        </>
      )}
      {report.length > 0 && (
        <Table
          label={t('campaigns-console.perChannel')}
          frame="table"
          rows={report}
          columns={[
            {
              label: t('console.channel'),
              cell: (one) => t(`console.channel-${one.channel}`),
              head: true,
            },
            { label: t('campaigns-console.recipients'), cell: (one) => one.recipients },
            { label: t('campaigns-console.sent'), cell: (one) => countOf(one, DONE) },
            {
              label: t('campaigns-console.onTheWay'),
              cell: (one) => one.waiting + countOf(one, OPEN),
            },
            {
              label: t('campaigns-console.failed'),
              cell: (one) => goneOf(one) - countOf(one, DONE),
            },
          ]}
        />
      )}
      <dl>
        {Object.entries(told).map(([what, people]) => (
          <>
            <dt>
              {t(
                what === 'stop'
                  ? 'campaigns-console.leftAll'
                  : (`campaigns-console.button-${what}` as 'campaigns-console.button-apply'),
              )}
            </dt>
            <dd>{people}</dd>
          </>
        ))}
      </dl>
      {report.some(({ failures }) => failures.length > 0) && (
        <details>
          <summary>{t('campaigns-console.failures')}</summary>
          <ul class="hint">
            {report.flatMap(({ channel, failures }) =>
              failures.map(({ error, people }) => (
                <li>
                  {t(`console.channel-${channel}`)} · {people} · {error}
                </li>
              )),
            )}
          </ul>
        </details>
      )}
      <p>
        <a href={`/console/campaigns/${campaign.id}/report.csv`}>{t('campaigns-console.export')}</a>
      </p>
    </section>
  )
}

/** The same figures for a spreadsheet, a line for each channel and what came of it. */
export function reportRows(report: readonly CampaignReport[]): (string | number)[][] {
  return [
    ['channel', 'status', 'people'],
    ...report.flatMap(({ channel, waiting, statuses }) => [
      ...Object.entries(statuses).map(([status, people]) => [channel, status, people]),
      ...(waiting > 0 ? [[channel, 'waiting', waiting]] : []),
    ]),
    [],
    ['channel', 'failure', 'people'],
    ...report.flatMap(({ channel, failures }) =>
      failures.map(({ error, people }) => [channel, error, people]),
    ),
  ]
}

function countOf({ statuses }: CampaignReport, which: readonly OutboxStatus[]): number {
  return which.reduce((sum, status) => sum + (statuses[status] ?? 0), 0)
}

/** Those of whom nothing more is to come. */
function goneOf(one: CampaignReport): number {
  return one.recipients - one.waiting - countOf(one, OPEN)
}
