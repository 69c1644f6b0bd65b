import type { Child } from 'hono/jsx'
import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { may } from '../../kernel/permissions.ts'
import type { CampaignsView } from './view.ts'

/** What can be done with a broadcast as it stands, by whoever looks at it. */
export function Deeds({ view, campaign }: { view: CampaignsView; campaign: Campaign }) {
  const { c, staff } = view
  const { id, state, version } = campaign
  const own = staff?.id === campaign.authorId
  const mayApprove = staff !== null && may(staff, 'campaigns.approve')
  const deed = (name: 'approve' | 'return' | 'pause' | 'resume' | 'cancel', plain = true) => (
    <form method="post" action={`/console/campaigns/${id}/${name}`}>
      <input type="hidden" name="version" value={String(version)} />
      <button class={plain ? 'button plain' : 'button'} type="submit">
        {c(`deed-${name}`)}
      </button>
    </form>
  )
  switch (state) {
    case 'draft':
      return (
        <Sheet title={c('submit')}>
          <form class="grid" method="post" action={`/console/campaigns/${id}/submit`}>
            <input type="hidden" name="version" value={String(version)} />
            <p class="field">
              <label for="startsAt">{c('startsAt')}</label>
              <small id="startsAt-hint" class="hint">
                {c('startsAtHint')}
              </small>
              <input
                id="startsAt"
                name="startsAt"
                type="datetime-local"
                aria-describedby="startsAt-hint"
              />
            </p>
            <div class="actions">
              <button class="button" type="submit">
                {c('submit')}
              </button>
              <a class="button plain" href={`/console/campaigns/${id}/edit`}>
                {c('rewrite')}
              </a>
            </div>
          </form>
          {deed('cancel')}
        </Sheet>
      )
    case 'waiting':
      return (
        <Sheet title={c('approval')}>
          <p class="hint">
            {c(own ? 'approvalOwn' : mayApprove ? 'approvalYours' : 'approvalOther')}
          </p>
          <div class="actions">
            {!own && mayApprove && deed('approve', false)}
            {deed('return')}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    case 'scheduled':
      return (
        <Sheet title={c('deeds')}>
          <div class="actions">
            {deed('return')}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    case 'starting':
    case 'sending':
      return (
        <Sheet title={c('deeds')}>
          <p class="hint">{c('pauseHint')}</p>
          <div class="actions">
            {deed('pause', false)}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    case 'paused':
      return (
        <Sheet title={c('deeds')}>
          <p class="hint">{c('resumeHint')}</p>
          <div class="actions">
            {deed('resume', false)}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    default:
      return null
  }
}

function Sheet({ title, children }: { title: string; children: Child }) {
  return (
    <section class="sheet">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
