import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import type { CampaignReport, Reach } from '../../../db/campaigns/figures.ts'
import type { FormDraft } from '../../console/form.ts'
import { Page } from '../../console/layout.tsx'
import { Alert, Crumb, PageHeader, renewed, Sheet } from '../../console/parts.tsx'
import type { ConsoleDeps } from '../../console/route.ts'
import { type PackView, showTime } from '../../console/view.ts'
import type { CampaignProblem } from '../change-campaign.ts'
import { Content } from '../content.ts'
import { campaignProblemWords } from '../problem-words.ts'
import { Actions } from './actions.tsx'
import type { Choices } from './form.tsx'
import { placeOf, toneOf } from './list-page.tsx'
import { PictureForm } from './picture-form.tsx'
import { Looks, ReachTable } from './preview.tsx'
import type { RecipientDimension } from './read-form.ts'
import { type CampaignOutcome, Progress } from './report.tsx'

/** States that change by the clock: what shows them renews itself. */
const RUNS = ['scheduled', 'starting', 'sending', 'paused'] as const

/** One broadcast: whom and what, how far it is, what can be done with it, and what was done. */
export function CampaignPage(props: {
  view: PackView
  deps: ConsoleDeps
  campaign: Campaign
  author: string
  choices: Choices
  reach: Reach | null
  report: readonly CampaignReport[]
  told: CampaignOutcome
  events: readonly { move: string; by: string | null; at: string }[]
  problem: CampaignProblem | null
  /** The form of the picture or of handing in, as it was filled in. */
  draft: FormDraft
}) {
  const { view, deps, campaign, choices, reach, report, events, problem } = props
  const { t } = view
  const begun = campaign.startedAt !== null
  const people =
    reach === null
      ? report.reduce((sum, { waiting }) => sum + waiting, 0)
      : reach.channels.reduce((sum, one) => sum + one.people, 0)
  const renew = RUNS.some((state) => state === campaign.state)
    ? renewed(`/console/campaigns/${campaign.id}`, 'live', 2)
    : {}
  return (
    <Page view={view} title={campaign.title}>
      <Crumb href="/console/campaigns">{t('campaigns-console.campaigns')}</Crumb>
      <div id="live" class="live" {...renew}>
        <PageHeader title={campaign.title} lead={placeOf(view, campaign.district)}>
          <span class={`chip ${toneOf(campaign.state)}`}>
            {t(`campaigns-console.state-${campaign.state}`)}
          </span>
        </PageHeader>
        {problem !== null && <Alert tone="problem">{campaignProblemWords(view, problem)}</Alert>}
        {begun && <Progress view={view} campaign={campaign} report={report} told={props.told} />}
        {view.may('campaigns.write') && (
          <Actions view={view} campaign={campaign} people={people} draft={props.draft} />
        )}
      </div>
      {campaign.state === 'draft' && view.may('campaigns.write') && (
        <PictureForm view={view} campaign={campaign} draft={props.draft} />
      )}
      {reach !== null && (
        <Sheet title={t('campaigns-console.preflight')}>
          <ReachTable view={view} deps={deps} reach={reach} />
        </Sheet>
      )}
      <Sheet title={t('campaigns-console.whom')}>
        <Segment view={view} campaign={campaign} choices={choices} />
      </Sheet>
      <Sheet title={t('campaigns-console.looks')}>
        <Looks view={view} deps={deps} content={Content.parse(campaign.content)} />
      </Sheet>
      <Sheet title={t('campaigns-console.history')}>
        <dl>
          <dt>{t('campaigns-console.author')}</dt>
          <dd>{props.author}</dd>
        </dl>
        <ol class="timeline">
          {events.map(({ move, by, at }) => (
            <li>
              <time dateTime={at}>{showTime(view, at)}</time>{' '}
              {t(`campaigns-console.event-${move}` as 'campaigns-console.event-written')}
              <span class="hint"> {by ?? t('campaigns-console.byClock')}</span>
            </li>
          ))}
        </ol>
      </Sheet>
    </Page>
  )
}

function Segment(props: { view: PackView; campaign: Campaign; choices: Choices }) {
  const { view, campaign, choices } = props
  const { t } = view
  const named = Object.entries(campaign.segment).filter(([, ids]) => ids.length > 0)
  if (named.length === 0) return <p>{t('campaigns-console.everybody')}</p>
  return (
    <dl>
      {named.map(([dimension, ids]) => (
        <>
          <dt>{t(`campaigns-console.dimension-${dimension as RecipientDimension}`)}</dt>
          <dd>
            {ids
              .map(
                (id) =>
                  choices[dimension as RecipientDimension]?.find((one) => one.id === id)?.name ??
                  id,
              )
              .join(view.locale === 'en' ? ', ' : '、')}
          </dd>
        </>
      ))}
    </dl>
  )
}
