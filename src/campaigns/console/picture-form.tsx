import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Field } from '../../console/fields.tsx'
import { Sheet } from '../../console/parts.tsx'
import type { PackView } from '../../console/view.ts'
import { Content, MAX_ALT } from '../content.ts'

/** The picture of a draft: choosing one, its words in both languages, and taking it out again. */
export function PictureForm({ view, campaign }: { view: PackView; campaign: Campaign }) {
  const { t } = view
  const { image } = Content.parse(campaign.content)
  const path = `/console/campaigns/${campaign.id}`
  return (
    <Sheet title={t('campaigns-console.picture')}>
      <form class="grid" method="post" action={`${path}/image`} enctype="multipart/form-data">
        <input type="hidden" name="version" value={String(campaign.version)} />
        <Field
          name="file"
          type="file"
          label={t(
            image === undefined
              ? 'campaigns-console.pictureFile'
              : 'campaigns-console.pictureOther',
          )}
          hint={t('campaigns-console.pictureHint')}
          accept="image/png,image/jpeg"
          required={image === undefined}
        />
        <Field
          name="altZh"
          label={t('campaigns-console.altZh')}
          hint={t('campaigns-console.altHint')}
          value={image?.['zh-Hans'] ?? ''}
          maxlength={MAX_ALT}
        />
        <Field
          name="altEn"
          label={t('campaigns-console.altEn')}
          hint={t('campaigns-console.altHint')}
          value={image?.en ?? ''}
          maxlength={MAX_ALT}
        />
        <div class="actions">
          <button class="button plain" type="submit">
            {t('campaigns-console.pictureKeep')}
          </button>
          {image !== undefined && (
            <button
              class="button plain"
              type="submit"
              formaction={`${path}/bare`}
              formnovalidate={true}
            >
              {t('campaigns-console.pictureDrop')}
            </button>
          )}
        </div>
      </form>
    </Sheet>
  )
}
