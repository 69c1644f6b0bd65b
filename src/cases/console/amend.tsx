import * as z from 'zod'
import type { LoadedCase } from '../../../db/cases/case-file.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { Choice, Field, TextArea } from '../../console/fields.tsx'
import { draftOf, type FormDraft, line, version, withProblem } from '../../console/form.ts'
import { PostForm } from '../../console/post-form.tsx'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'
import { type AmendProblem, amendable, canAmend } from '../amend.ts'

/** What is filled in to change an answer. */
export const AmendForm = z.object({
  version: version(),
  field: line('cases-desk.amendFieldNone', { max: 60 }),
  said: line('cases-desk.amendToNone', { max: 500 }),
  reason: line('cases-desk.amendReasonNone', { min: 4, max: 200 }),
})

/** Correcting or adding one answer of an application, for those who may and where it stands so. */
export function Amend(props: {
  view: View
  desk: CaseDeskContext
  file: LoadedCase
  answers: FormAnswers
  draft?: FormDraft | undefined
}) {
  const { view, desk, file, answers, draft = draftOf({}) } = props
  const { t, locale } = view
  // What was typed and not taken stays, also where the case has gone on meanwhile.
  const isOpen = canAmend(desk, file) || props.draft !== undefined
  if (!view.may('cases.amend') || !isOpen) return null
  const { id, version: seen } = file.head
  return (
    <details class="sheet" id="amend" open={Object.keys(draft.values).length > 0}>
      <summary>
        <h2>{t('cases-desk.amend')}</h2>
      </summary>
      <p class="hint">{t('cases-desk.amendLead')}</p>
      <PostForm
        class="grid"
        action={`/console/cases/${id}/amend`}
        fields={{ version: String(seen) }}
        submit={t('cases-desk.amend')}
        confirm={t('cases-desk.amendWhat')}
      >
        <Choice
          name="field"
          label={t('cases-desk.amendField')}
          draft={draft}
          options={[
            { value: '', label: t('cases-desk.amendFieldNone') },
            ...amendable(desk, answers).map((field) => ({
              value: field.id,
              label: field.label[locale],
            })),
          ]}
        />
        <Field
          name="said"
          label={t('cases-desk.amendTo')}
          hint={t('cases-desk.amendToHint')}
          draft={draft}
          maxlength={500}
        />
        <TextArea name="reason" label={t('cases-desk.amendReason')} draft={draft} maxlength={200} />
      </PostForm>
    </details>
  )
}

/** The form once more, with why the answer was not changed at the field that it is about. */
export function amendDraft(view: View, draft: FormDraft, problem: AmendProblem): FormDraft {
  if (problem.kind === 'value') return withProblem(draft, 'said', view.say(problem.words))
  const words = view.t(`cases-desk.amendProblem-${problem.kind}`)
  return withProblem(draft, problem.kind === 'same' ? 'said' : 'field', words)
}
