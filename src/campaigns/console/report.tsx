import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import type { CampaignReport } from '../../../db/campaigns/figures.ts'
import type { OutboxStatus } from '../../../flows/engine/channel.ts'
import type { CampaignsView } from './view.ts'

/** How many people used which button; `stop`: left all broadcasts. */
export type CampaignOutcome = Readonly<Record<string, number>>

const DONE: readonly OutboxStatus[] = ['sent', 'delivered']
const OPEN: readonly OutboxStatus[] = ['created', 'sending', 'temporary-failure']

/** How far a broadcast is, and what came of it on each channel.  */
export function Progress(props: {
  view: CampaignsView
  campaign: Campaign
  report: readonly CampaignReport[]
  told: CampaignOutcome
}) {
  const { view, campaign, report, told } = props
  const { c, t } = view
  const all = report.reduce((sum, one) => sum + one.recipients, 0)
  const gone = report.reduce((sum, one) => sum + goneOf(one), 0)
  return (
    <section id="progress" class="sheet" aria-labelledby="progress-title">
      <h2 id="progress-title">{c('progress')}</h2>
      {campaign.fixedAt === null ? (
        <p>{c('fixing')}</p>
      ) : (
        <>
          <progress value={gone} max={Math.max(1, all)} aria-label={c('progress')} />
          <p>{c('progressOf', { gone, all })}</p>
        </>
      )}
      {report.length > 0 && (
        <section class="table" tabindex={0} aria-label={c('perChannel')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('channel')}</th>
                <th scope="col">{c('recipients')}</th>
                <th scope="col">{c('sent')}</th>
                <th scope="col">{c('onTheWay')}</th>
                <th scope="col">{c('failed')}</th>
              </tr>
            </thead>
            <tbody>
              {report.map((one) => (
                <tr>
                  <th scope="row">{t(`channel-${one.channel}`)}</th>
                  <td>{one.recipients}</td>
                  <td>{countOf(one, DONE)}</td>
                  <td>{one.waiting + countOf(one, OPEN)}</td>
                  <td>{goneOf(one) - countOf(one, DONE)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <dl>
        {Object.entries(told).map(([what, people]) => (
          <>
            <dt>{c(what === 'stop' ? 'leftAll' : (`button-${what}` as 'button-apply'))}</dt>
            <dd>{people}</dd>
          </>
        ))}
      </dl>
      {report.some(({ failures }) => failures.length > 0) && (
        <details>
          <summary>{c('failures')}</summary>
          <ul class="hint">
            {report.flatMap(({ channel, failures }) =>
              failures.map(({ error, people }) => (
                <li>
                  {t(`channel-${channel}`)} · {people} · {error}
                </li>
              )),
            )}
          </ul>
        </details>
      )}
      <p>
        <a href={`/console/campaigns/${campaign.id}/report.csv`}>{c('export')}</a>
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
