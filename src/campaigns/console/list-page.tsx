import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Page } from '../../console/layout.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { showTime } from '../../console/view.ts'
import { may } from '../../kernel/permissions.ts'
import { Kinds } from './kinds.tsx'
import type { CampaignsView } from './view.ts'

/** The broadcasts that somebody may see, those under way first. */
export function CampaignListPage(props: {
  view: CampaignsView
  campaigns: readonly Campaign[]
  past: boolean
}) {
  const { view, campaigns, past } = props
  const { c, staff } = view
  return (
    <Page view={view} title={c('campaigns')}>
      <PageHeader title={c('campaigns')} lead={c('lead')}>
        {staff !== null && may(staff, 'campaigns.write') && (
          <a class="button" href="/console/campaigns/new">
            {c('write')}
          </a>
        )}
      </PageHeader>
      <Kinds view={view} of={past ? 'past' : 'current'} />
      {campaigns.length === 0 ? (
        <Empty title={c(past ? 'nonePast' : 'none')}>{c('noneWhat')}</Empty>
      ) : (
        <ul class="rows">
          {campaigns.map((campaign) => (
            <li>
              <a href={`/console/campaigns/${campaign.id}`}>
                <span class="words">{campaign.title}</span>
                <span class="facts">
                  <span>{placeOf(view, campaign.district)}</span>
                  <span>{showTime(view, campaign.startsAt ?? campaign.updatedAt)}</span>
                </span>
                <span class={`chip ${toneOf(campaign.state)}`}>{c(`state-${campaign.state}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}

/** Whose people a broadcast reaches, by name. */
export function placeOf({ t, pack, locale }: CampaignsView, district: string | null): string {
  if (district === null) return t('wholeCity')
  return pack.places.own.find(({ id }) => id === district)?.name[locale] ?? district
}

/** The colour of a state. */
export function toneOf(state: Campaign['state']): '' | 'good' | 'out' | 'invited' {
  switch (state) {
    case 'finished':
      return 'good'
    case 'cancelled':
      return 'out'
    case 'waiting':
    case 'paused':
      return 'invited'
    default:
      return ''
  }
}
