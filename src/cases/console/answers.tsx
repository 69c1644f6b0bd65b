import type { Form } from '../../../flows/programme/form/form.ts'
import type { FormAnswers } from '../../../flows/programme/form/form-field.ts'
import { type ReviewLine, reviewLines } from '../../../flows/programme/form/review-lines.ts'
import { Choice } from '../../console/fields.tsx'
import { Sheet } from '../../console/parts.tsx'
import type { View } from '../../console/view.ts'
import type { CaseDeskContext } from '../act-on-case.ts'

/** What can be said of why one looks; a closed list, since it is written for ever. */
export const WHY = ['check', 'contact', 'duplicate', 'payment'] as const

/** The fields of each part; what the form has besides stands at the end. */
const PARTS = [
  [
    'person',
    'name identityNumber mobile district township village lowIncomeVillage keyGroups keyGroupProof',
  ],
  [
    'business',
    'enterpriseName registered creditCode industry industryOther employees keyGroupEmployees',
  ],
  ['plan', 'ownInvestment cooperationModel purpose wantsLoan'],
] as const

/** The form as it was handed in, by parts; what identifies the person is masked until it is asked for. */
export function Answers(props: {
  view: View
  desk: CaseDeskContext
  caseId: string
  answers: FormAnswers
  /** The field to show in full, where the page was asked for it without htmx. */
  revealed?: string | undefined
}) {
  const { view, desk, caseId, answers } = props
  const { t, locale } = view
  const { form, places } = desk.pack
  const lines = reviewLines(form, answers, locale, { masked: true, places })
  const known = PARTS.map(([part, fields]) => ({ part, fields: fields.split(' ') }))
  const rest = lines.filter(({ field }) => !known.some(({ fields }) => fields.includes(field)))
  const parts = [
    ...known.map(({ part, fields }) => ({
      part,
      lines: lines.filter(({ field }) => fields.includes(field)),
    })),
    { part: 'other' as const, lines: rest },
  ].filter((one) => one.lines.length > 0)
  const canReveal = view.may('cases.reveal')
  return (
    <Sheet title={t('cases-console.answers')} id="answers">
      <form class="answers" method="post" action={`/console/cases/${caseId}/reveal`}>
        {canReveal && (
          <div class="why">
            <Choice
              name="why"
              label={t('cases-console.revealWhy')}
              hint={t('cases-console.revealHint')}
              options={[
                { value: '', label: t('cases-console.why-') },
                ...WHY.map((why) => ({ value: why, label: t(`cases-console.why-${why}`) })),
              ]}
            />
          </div>
        )}
        {parts.map(({ part, lines: own }) => (
          <div>
            <h3>{t(`cases-console.part-${part}`)}</h3>
            <dl>
              {own.map((line) => (
                <AnswerLine
                  view={view}
                  form={form}
                  line={line}
                  canReveal={canReveal}
                  caseId={caseId}
                  full={line.field === props.revealed ? fullValue(answers, line.field) : null}
                />
              ))}
            </dl>
          </div>
        ))}
      </form>
    </Sheet>
  )
}

/** The value of a field that identifies the person, in full. */
export function fullValue(answers: FormAnswers, field: string): string {
  const value = answers[field]
  return typeof value === 'string' ? value : ''
}

/** A value in full, in the place of the masked one. */
export function Revealed({ field, value }: { field: string; value: string }) {
  return (
    <span id={`value-${field}`} class="revealed" tabindex={-1} autofocus>
      {value}
    </span>
  )
}

function AnswerLine(props: {
  view: View
  form: Form
  line: ReviewLine
  canReveal: boolean
  caseId: string
  full: string | null
}) {
  const { view, form, line, canReveal, caseId } = props
  const { t, say } = view
  const field = form.fields.find(({ id }) => id === line.field)
  const hidden = field?.sensitive === true && !canReveal
  return (
    <>
      <dt>{line.label}</dt>
      <dd>
        {props.full !== null ? (
          <Revealed field={line.field} value={props.full} />
        ) : field?.personal === true && canReveal ? (
          <span id={`value-${line.field}`} class="masked">
            {say(line.value)}{' '}
            <button
              class="mini"
              type="submit"
              name="field"
              value={line.field}
              aria-label={t('cases-console.revealOf', { label: line.label })}
              data-hx-post={`/console/cases/${caseId}/reveal`}
              data-hx-target={`#value-${line.field}`}
              data-hx-swap="outerHTML"
            >
              {t('cases-console.reveal')}
            </button>
          </span>
        ) : hidden ? (
          <span class="hint">{t('cases-console.hidden')}</span>
        ) : (
          say(line.value)
        )}
      </dd>
    </>
  )
}
