import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import type { ListPage } from '../../../db/core/list-page.ts'
import { Page } from '../../console/layout.tsx'
import { Pager } from '../../console/lists.tsx'
import { Empty, PageHeader } from '../../console/parts.tsx'
import { type PackView, showTime } from '../../console/view.ts'
import { Kinds } from './kinds.tsx'

/** The broadcasts that somebody may see, those under way first. */
export function CampaignListPage(props: {
  view: PackView
  page: ListPage<Campaign>
  past: boolean
}) {
  const { view, page, past } = props
  const { rows: campaigns } = page
  const { t } = view
  return (
    <Page view={view} title={t('campaigns-console.campaigns')}>
      <PageHeader title={t('campaigns-console.campaigns')} lead={t('campaigns-console.lead')}>
        {view.may('campaigns.write') && (
          <a class="button" href="/console/campaigns/new">
            {t('campaigns-console.write')}
          </a>
        )}
      </PageHeader>
      <Kinds view={view} of={past ? 'past' : 'current'} />
      {campaigns.length === 0 ? (
        <Empty title={t(past ? 'campaigns-console.nonePast' : 'campaigns-console.none')}>
          {t('campaigns-console.noneWhat')}
        </Empty>
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
                <span class={`chip ${toneOf(campaign.state)}`}>
                  {t(`campaigns-console.state-${campaign.state}`)}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <Pager view={view} label={t('campaigns-console.campaigns')} page={page} />
    </Page>
  )
}

/** Whose people a broadcast reaches, by name. */
export function placeOf({ t, pack, locale }: PackView, district: string | null): string {
  if (district === null) return t('console.wholeCity')
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
