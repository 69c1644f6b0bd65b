import type { Child } from 'hono/jsx'
import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import type { PackView } from '../../console/view.ts'

/** What can be done with a broadcast as it stands, by whoever looks at it. */
export function Deeds({ view, campaign }: { view: PackView; campaign: Campaign }) {
  const { t, staff } = view
  const { id, state, version } = campaign
  const own = staff?.id === campaign.authorId
  const mayApprove = view.may('campaigns.approve')
  const deed = (name: 'approve' | 'return' | 'pause' | 'resume' | 'cancel', plain = true) => (
    <form method="post" action={`/console/campaigns/${id}/${name}`}>
      <input type="hidden" name="version" value={String(version)} />
      <button class={plain ? 'button plain' : 'button'} type="submit">
        {t(`campaigns-console.deed-${name}`)}
      </button>
    </form>
  )
  switch (state) {
    case 'draft':
      return (
        <Sheet title={t('campaigns-console.submit')}>
          <form class="grid" method="post" action={`/console/campaigns/${id}/submit`}>
            <input type="hidden" name="version" value={String(version)} />
            <p class="field">
              <label for="startsAt">{t('campaigns-console.startsAt')}</label>
              <small id="startsAt-hint" class="hint">
                {t('campaigns-console.startsAtHint')}
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
                {t('campaigns-console.submit')}
              </button>
              <a class="button plain" href={`/console/campaigns/${id}/edit`}>
                {t('campaigns-console.rewrite')}
              </a>
            </div>
          </form>
          {deed('cancel')}
        </Sheet>
      )
    case 'waiting':
      return (
        <Sheet title={t('campaigns-console.approval')}>
          <p class="hint">
            {t(
              own
                ? 'campaigns-console.approvalOwn'
                : mayApprove
                  ? 'campaigns-console.approvalYours'
                  : 'campaigns-console.approvalOther',
            )}
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
        <Sheet title={t('campaigns-console.deeds')}>
          <div class="actions">
            {deed('return')}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    case 'starting':
    case 'sending':
      return (
        <Sheet title={t('campaigns-console.deeds')}>
          <p class="hint">{t('campaigns-console.pauseHint')}</p>
          <div class="actions">
            {deed('pause', false)}
            {deed('cancel')}
          </div>
        </Sheet>
      )
    case 'paused':
      return (
        <Sheet title={t('campaigns-console.deeds')}>
          <p class="hint">{t('campaigns-console.resumeHint')}</p>
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
  return <Sheet title={title}>{children}</Sheet>
}
