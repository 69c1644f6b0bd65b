import { BUTTON_FLOWS } from '../../../flows/campaigns/buttons.ts'
import { Field, TextArea, Ticks } from '../../console/fields.tsx'
import type { FormDraft } from '../../console/form.ts'
import { HiddenFields } from '../../console/lists.tsx'
import { Submit } from '../../console/post-form.tsx'
import type { PackView } from '../../console/view.ts'
import { MAX_TEXT, VARIABLES } from '../content.ts'
import type { RecipientDimension } from './read-form.ts'

/** What a dimension offers to choose from. */
export type Choices = Partial<Record<RecipientDimension, readonly { id: string; name: string }[]>>

/** The form of a broadcast: whom, what, and at once how many that is and how it will look. */
export function CampaignForm(props: {
  view: PackView
  draft: FormDraft
  choices: Choices
  action: string
  hidden: Readonly<Record<string, string>>
}) {
  const { view, draft, choices, action, hidden } = props
  const { t } = view
  const preview = {
    'data-hx-post': '/console/campaigns/preview',
    'data-hx-target': '#preview',
    'data-hx-trigger': 'change delay:300ms, input delay:800ms, load',
  }
  return (
    <form class="campaign" method="post" action={action} {...preview}>
      <HiddenFields values={hidden} />
      <Field
        name="title"
        label={t('campaigns-console.title')}
        hint={t('campaigns-console.titleHint')}
        draft={draft}
        maxlength={80}
      />
      {(['zh', 'en'] as const).map((name) => (
        <TextArea
          name={name}
          label={t(name === 'zh' ? 'campaigns-console.textZh' : 'campaigns-console.textEn')}
          hint={t('campaigns-console.textHint', { max: MAX_TEXT })}
          draft={draft}
          rows={5}
          maxlength={MAX_TEXT}
        />
      ))}
      <details class="narrowing">
        <summary>{t('campaigns-console.holes')}</summary>
        <p class="hint">{t('campaigns-console.holesHint')}</p>
        <ul class="hint">
          {VARIABLES.map((name) => (
            <li>
              <code>{`{{${name}|${t(`campaigns-console.hole-${name}-else`)}}}`}</code>{' '}
              {t(`campaigns-console.hole-${name}`)}
            </li>
          ))}
        </ul>
      </details>
      <Ticks
        legend={t('campaigns-console.buttons')}
        hint={t('campaigns-console.buttonsHint')}
        name="button"
        options={BUTTON_FLOWS.map((id) => ({ id, name: t(`campaigns-console.button-${id}`) }))}
        draft={draft}
      />
      <h2>{t('campaigns-console.whom')}</h2>
      <p class="hint">{t('campaigns-console.whomHint')}</p>
      {Object.entries(choices).map(([dimension, options]) => (
        <Ticks
          legend={t(`campaigns-console.dimension-${dimension as RecipientDimension}`)}
          name={dimension}
          options={options}
          draft={draft}
        />
      ))}
      <Submit>{t('campaigns-console.keep')}</Submit>
    </form>
  )
}
