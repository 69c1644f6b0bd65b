import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Confirm, Field, PostButton } from '../../console/fields.tsx'
import { HiddenFields } from '../../console/lists.tsx'
import { Sheet } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'

/** What can be done with a broadcast as it stands, by whoever looks at it. */
export function Actions({ view, campaign }: { view: View; campaign: Campaign }) {
  const { t, staff } = view
  const { id, state } = campaign
  const own = staff?.id === campaign.authorId
  const mayApprove = view.may('campaigns.approve')
  const path = `/console/campaigns/${id}`
  const fields = { version: String(campaign.version) }
  const button = (name: 'approve' | 'return' | 'pause' | 'resume' | 'cancel', main = false) => (
    <PostButton action={`${path}/${name}`} fields={fields} main={main}>
      {t(`campaigns-console.deed-${name}`)}
    </PostButton>
  )
  const cancel = (
    <Confirm label={t('campaigns-console.deed-cancel')} what={t('campaigns-console.cancelWhat')}>
      {button('cancel')}
    </Confirm>
  )
  switch (state) {
    case 'draft':
      return (
        <Sheet title={t('campaigns-console.submit')}>
          <form class="grid" method="post" action={`${path}/submit`}>
            <HiddenFields values={fields} />
            <Field
              name="startsAt"
              type="datetime-local"
              label={t('campaigns-console.startsAt')}
              hint={t('campaigns-console.startsAtHint')}
              required={false}
            />
            <div class="actions">
              <button class="button" type="submit">
                {t('campaigns-console.submit')}
              </button>
              <a class="button plain" href={`${path}/edit`}>
                {t('campaigns-console.rewrite')}
              </a>
            </div>
          </form>
          {cancel}
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
            {!own && mayApprove && button('approve', true)}
            {button('return')}
            {cancel}
          </div>
        </Sheet>
      )
    case 'scheduled':
    case 'starting':
    case 'sending':
    case 'paused': {
      const does =
        state === 'scheduled' ? 'return' : state === 'paused' ? 'resume' : ('pause' as const)
      return (
        <Sheet title={t('campaigns-console.deeds')}>
          {does !== 'return' && <p class="hint">{t(`campaigns-console.${does}Hint`)}</p>}
          <div class="actions">
            {button(does, does !== 'return')}
            {cancel}
          </div>
        </Sheet>
      )
    }
    default:
      return null
  }
}
