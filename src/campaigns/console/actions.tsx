import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Field } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import { ALONE_UP_TO } from '../change-campaign.ts'

/** What can be done with a broadcast as it stands, by whoever looks at it. */
export function Actions(props: {
  view: View
  campaign: Campaign
  /** Whom it would reach now, or has still to reach. */
  people: number
  draft: FormDraft
}) {
  const { view, campaign, people } = props
  const { t, staff } = view
  const { id, state } = campaign
  const own = staff?.id === campaign.authorId
  const mayApprove = view.may('campaigns.approve')
  const path = `/console/campaigns/${id}`
  const fields = { version: String(campaign.version) }
  const button = (
    name: 'approve' | 'return' | 'pause' | 'resume' | 'cancel',
    confirm?: 'approveWhat' | 'resumeWhat' | 'cancelWhat',
  ) => (
    <PostButton
      action={`${path}/${name}`}
      fields={fields}
      main={name !== 'return' && name !== 'cancel'}
      confirm={confirm && t(`campaigns-console.${confirm}`, { count: people })}
    >
      {t(`campaigns-console.deed-${name}`)}
    </PostButton>
  )
  const cancel = button('cancel', 'cancelWhat')
  switch (state) {
    case 'draft':
      return (
        <Sheet title={t('campaigns-console.submit')}>
          <PostForm
            class="grid"
            action={`${path}/submit`}
            fields={fields}
            submit={t('campaigns-console.submit')}
            confirm={t(
              people > ALONE_UP_TO
                ? 'campaigns-console.submitWhatSecond'
                : 'campaigns-console.submitWhat',
              { count: people },
            )}
          >
            <Field
              name="startsAt"
              type="datetime-local"
              label={t('campaigns-console.startsAt')}
              hint={t('campaigns-console.startsAtHint')}
              draft={props.draft}
              required={false}
            />
          </PostForm>
          <div class="actions">
            <a class="button plain" href={`${path}/edit`}>
              {t('campaigns-console.rewrite')}
            </a>
            {cancel}
          </div>
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
            {!own && mayApprove && button('approve', 'approveWhat')}
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
            {button(does, does === 'resume' ? 'resumeWhat' : undefined)}
            {cancel}
          </div>
        </Sheet>
      )
    }
    default:
      return null
  }
}
