import { BUTTON_FLOWS } from '../../../flows/campaigns/buttons.ts'
import { Field } from '../../console/parts.tsx'
import { MAX_TEXT, VARIABLES } from '../content.ts'
import type { CampaignDraft, RecipientDimension } from './read-form.ts'
import { Ticks } from './ticks.tsx'
import type { CampaignsView } from './view.ts'

/** What a dimension offers to choose from. */
export type Choices = Partial<Record<RecipientDimension, readonly { id: string; name: string }[]>>

/** The form of a broadcast: whom, what, and at once how many that is and how it will look. */
export function CampaignForm(props: {
  view: CampaignsView
  draft: CampaignDraft
  choices: Choices
  action: string
  hidden: Readonly<Record<string, string>>
}) {
  const { view, draft, choices, action, hidden } = props
  const { c } = view
  const preview = {
    'data-hx-post': '/console/campaigns/preview',
    'data-hx-target': '#preview',
    'data-hx-trigger': 'change delay:300ms, input delay:800ms, load',
  }
  return (
    <form class="campaign" method="post" action={action} {...preview}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Field
        name="title"
        label={c('title')}
        hint={c('titleHint')}
        value={draft.title}
        maxlength={80}
      />
      <Words view={view} name="zh" label={c('textZh')} value={draft.content['zh-Hans']} />
      <Words view={view} name="en" label={c('textEn')} value={draft.content.en} />
      <details class="narrowing">
        <summary>{c('holes')}</summary>
        <p class="hint">{c('holesHint')}</p>
        <ul class="hint">
          {VARIABLES.map((name) => (
            <li>
              <code>{`{{${name}|${c(`hole-${name}-else`)}}}`}</code> {c(`hole-${name}`)}
            </li>
          ))}
        </ul>
      </details>
      <Ticks
        legend={c('buttons')}
        hint={c('buttonsHint')}
        name="button"
        options={BUTTON_FLOWS.map((id) => ({ id, name: c(`button-${id}`) }))}
        chosen={draft.content.buttons}
      />
      <h2>{c('whom')}</h2>
      <p class="hint">{c('whomHint')}</p>
      {Object.entries(choices).map(([dimension, options]) => (
        <Ticks
          legend={c(`dimension-${dimension as RecipientDimension}`)}
          name={dimension}
          options={options}
          chosen={draft.segment[dimension as RecipientDimension]}
        />
      ))}
      <div class="actions">
        <button class="button" type="submit">
          {c('keep')}
        </button>
      </div>
    </form>
  )
}

function Words(props: { view: CampaignsView; name: string; label: string; value: string }) {
  const { view, name, label, value } = props
  return (
    <p class="field">
      <label for={name}>{label}</label>
      <small id={`${name}-hint`} class="hint">
        {view.c('textHint', { max: MAX_TEXT })}
      </small>
      <textarea
        id={name}
        name={name}
        rows={5}
        maxlength={MAX_TEXT}
        required
        aria-describedby={`${name}-hint`}
      >
        {value}
      </textarea>
    </p>
  )
}
