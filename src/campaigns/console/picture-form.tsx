import type { Campaign } from '../../../db/campaigns/campaigns.ts'
import { Field } from '../../console/parts.tsx'
import { Content, MAX_ALT } from '../content.ts'
import type { CampaignsView } from './view.ts'

/** The picture of a draft: choosing one, its words in both languages, and taking it out again. */
export function PictureForm({ view, campaign }: { view: CampaignsView; campaign: Campaign }) {
  const { c } = view
  const { image } = Content.parse(campaign.content)
  const path = `/console/campaigns/${campaign.id}`
  return (
    <section class="sheet">
      <h2>{c('picture')}</h2>
      <form class="grid" method="post" action={`${path}/image`} enctype="multipart/form-data">
        <input type="hidden" name="version" value={String(campaign.version)} />
        <p class="field">
          <label for="file">{c(image === undefined ? 'pictureFile' : 'pictureOther')}</label>
          <small id="file-hint" class="hint">
            {c('pictureHint')}
          </small>
          <input
            id="file"
            name="file"
            type="file"
            accept="image/png,image/jpeg"
            required={image === undefined}
            aria-describedby="file-hint"
          />
        </p>
        <Field
          name="altZh"
          label={c('altZh')}
          hint={c('altHint')}
          value={image?.['zh-Hans'] ?? ''}
          maxlength={MAX_ALT}
        />
        <Field
          name="altEn"
          label={c('altEn')}
          hint={c('altHint')}
          value={image?.en ?? ''}
          maxlength={MAX_ALT}
        />
        <div class="actions">
          <button class="button plain" type="submit">
            {c('pictureKeep')}
          </button>
          {image !== undefined && (
            <button
              class="button plain"
              type="submit"
              formaction={`${path}/bare`}
              formnovalidate={true}
            >
              {c('pictureDrop')}
            </button>
          )}
        </div>
      </form>
    </section>
  )
}
