import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Field } from '../../console/fields.tsx'
import { draftOf, type FormDraft } from '../../console/form.ts'
import { Sheet } from '../../console/parts.tsx'
import { PostButton, PostForm } from '../../console/post-form.tsx'
import type { PackView } from '../../console/view.ts'
import { Content, MAX_ALT } from '../content.ts'

/** The picture of a draft: choosing one, its words in both languages, and taking it out again. */
export function PictureForm(props: { view: PackView; campaign: Campaign; draft: FormDraft }) {
  const { view, campaign } = props
  const { t } = view
  const { image } = Content.parse(campaign.content)
  const path = `/console/campaigns/${campaign.id}`
  const fields = { version: String(campaign.version) }
  const kept = draftOf({ altZh: image?.['zh-Hans'] ?? '', altEn: image?.en ?? '' })
  const { values, problems } = props.draft
  const draft = { values: { ...kept.values, ...values }, problems }
  return (
    <Sheet title={t('campaigns-console.picture')}>
      <PostForm
        class="grid"
        action={`${path}/image`}
        fields={fields}
        files
        submit={t('campaigns-console.pictureKeep')}
        plain
      >
        <Field
          name="file"
          type="file"
          label={t(
            image === undefined
              ? 'campaigns-console.pictureFile'
              : 'campaigns-console.pictureOther',
          )}
          hint={t('campaigns-console.pictureHint')}
          draft={draft}
          accept="image/png,image/jpeg"
          required={image === undefined}
        />
        {(['altZh', 'altEn'] as const).map((name) => (
          <Field
            name={name}
            label={t(`campaigns-console.${name}`)}
            hint={t('campaigns-console.altHint')}
            draft={draft}
            maxlength={MAX_ALT}
          />
        ))}
      </PostForm>
      {image !== undefined && (
        <PostButton
          action={`${path}/bare`}
          fields={fields}
          confirm={t('campaigns-console.pictureDropWhat')}
        >
          {t('campaigns-console.pictureDrop')}
        </PostButton>
      )}
    </Sheet>
  )
}
